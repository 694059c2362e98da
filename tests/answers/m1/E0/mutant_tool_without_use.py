# A tool is named, and its use is called none.
pledge = True
ai_tools = ["ChatGPT"]
ai_use = "none"
