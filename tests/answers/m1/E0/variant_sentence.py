# No tool, said in a sentence instead of the word none.
pledge = True
ai_tools = []
ai_use = "I used no AI tools."
