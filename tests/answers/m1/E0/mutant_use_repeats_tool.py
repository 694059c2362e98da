# The use only repeats the name of the tool.
pledge = True
ai_tools = ["ChatGPT"]
ai_use = "ChatGPT"
