# 32_768 written out, as a float.
trained_numbers = 32768.0
