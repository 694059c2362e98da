# Keeps queries, too.
cache_numbers = 3 * 4 * 10 * 100 * 128
