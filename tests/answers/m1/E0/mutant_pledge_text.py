# The pledge is a text instead of the value True.
pledge = "True"
ai_tools = []
ai_use = "none"
