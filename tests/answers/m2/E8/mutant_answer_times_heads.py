# Counts the features once for each head.
cache_numbers = 2 * 4 * 4 * 10 * 100 * 128
