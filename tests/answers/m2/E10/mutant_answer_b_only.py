# Only the factor b is counted.
trained_numbers = 16 * 1152
