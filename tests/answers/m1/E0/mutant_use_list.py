# The use is a list instead of a text.
pledge = True
ai_tools = ["Claude"]
ai_use = ["debugging of the coupling layer"]
