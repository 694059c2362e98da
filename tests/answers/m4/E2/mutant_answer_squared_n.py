# Divided by nine twice.
squared_length = 36 / 81
