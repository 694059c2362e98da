# Read off a grid, to two digits.
mode_x = 0.37
