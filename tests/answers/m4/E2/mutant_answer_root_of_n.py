# Divided by the root of nine.
squared_length = 12
