# A use is described, and no tool is named.
pledge = True
ai_tools = []
ai_use = "Claude explained the determinant in D1"
