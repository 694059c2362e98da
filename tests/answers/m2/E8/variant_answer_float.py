# Right, as a float.
cache_numbers = 1_024_000.0
