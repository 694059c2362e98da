# The pledge is the number 1 instead of the value True.
pledge = 1
ai_tools = []
ai_use = "none"
