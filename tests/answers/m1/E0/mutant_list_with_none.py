# The word none stands in the list of tools.
pledge = True
ai_tools = ["none"]
ai_use = "none"
