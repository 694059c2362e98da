# The products of the sizes, times the rank.
trained_numbers = 4 * 4 * (128 * 384 + 128 * 128 + 2 * 128 * 512)
