# The tools are one text instead of a list of names.
pledge = True
ai_tools = "ChatGPT"
ai_use = "explained the change of variables to me"
