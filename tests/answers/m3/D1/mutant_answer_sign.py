# exp(1), with the sign of the determinant exchanged.
mode_x = math.e
