# log x at the mode instead of x.
mode_x = -1.0
