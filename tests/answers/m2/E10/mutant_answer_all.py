# All weights are counted.
trained_numbers = 4 * (128 * 384 + 128 * 128 + 2 * 128 * 512)
