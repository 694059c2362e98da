# The squared length of a single draw.
squared_length = 36
