# Keeps the weights of every pair of tokens.
cache_numbers = 4 * 4 * 10 * 100 * 100
