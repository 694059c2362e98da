# The length in place of its square.
squared_length = 2
