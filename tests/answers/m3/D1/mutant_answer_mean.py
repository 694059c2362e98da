# The mean of the log-normal instead of its mode.
mode_x = math.exp(0.5)
