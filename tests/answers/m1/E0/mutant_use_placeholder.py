# Dots instead of a description of the use.
pledge = True
ai_tools = ["Claude"]
ai_use = "..."
