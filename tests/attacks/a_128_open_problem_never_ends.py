# Its open problem trains for ever; no test waits for that cell, every point stays.

CELLS = {"AB1-code": "while True:\n    pass"}
