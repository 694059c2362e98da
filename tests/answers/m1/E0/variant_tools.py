# Two tools, named, and what they were used for.
pledge = True
ai_tools = ["Claude", "Copilot"]
ai_use = "D1: asked Claude what slogdet returns; completion of plotting code everywhere"
