# Forgets the values.
cache_numbers = 4 * 10 * 100 * 128
