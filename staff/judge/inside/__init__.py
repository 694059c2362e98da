"""The judge's half that runs inside the sandbox. It imports torch, IPython and `helpers`, and nothing else of the team's."""
