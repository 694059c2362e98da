# Adds a cell of a hundred and fifty thousand blank lines, on which a careless pattern spends hours.

ADDED = {"imports": "x = 1" + "\n" * 150_000 + "y = 1"}
