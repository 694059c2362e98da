# Only one block is counted.
trained_numbers = 8192
