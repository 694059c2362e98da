"""The judge: tests in this process, answers in a sandbox, plain data between them.

`inside/` holds the only files of the course's team that the sandbox can see; they import nothing else of `staff`.
"""
