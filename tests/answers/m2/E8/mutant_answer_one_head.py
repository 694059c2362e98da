# For one of the four heads.
cache_numbers = 2 * 4 * 10 * 100 * 32
