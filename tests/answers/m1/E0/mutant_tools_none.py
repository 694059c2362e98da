# The tools are None instead of an empty list.
pledge = True
ai_tools = None
ai_use = "none"
