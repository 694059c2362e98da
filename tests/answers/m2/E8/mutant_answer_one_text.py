# For one text.
cache_numbers = 2 * 4 * 100 * 128
