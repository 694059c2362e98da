# A tool is named, and its use is left empty.
pledge = True
ai_tools = ["Claude"]
ai_use = "  "
