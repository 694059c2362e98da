# Says that it is a bash notebook; it is graded as Python, nothing is lost.


def spoil(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "bash", "display_name": "Bash", "language": "bash"}
    notebook["metadata"]["language_info"] = {"name": "bash"}
