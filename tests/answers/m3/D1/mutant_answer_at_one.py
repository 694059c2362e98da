# The mode where z is densest, x = exp(0).
mode_x = 1.0
