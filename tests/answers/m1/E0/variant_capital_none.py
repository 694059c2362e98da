# No tool, the word with a capital and a full stop.
pledge = True
ai_tools = []
ai_use = "None."
