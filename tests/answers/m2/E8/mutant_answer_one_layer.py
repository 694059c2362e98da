# For one block.
cache_numbers = 2 * 10 * 100 * 128
