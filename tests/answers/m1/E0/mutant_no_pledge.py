# The pledge is not made.
pledge = False
ai_tools = []
ai_use = "none"
