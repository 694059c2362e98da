# The density is carried over without the determinant.
def pushforward_log_prob(x, inverse, base_log_prob):
    return base_log_prob(inverse(x))
