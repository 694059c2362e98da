# Through the log-likelihood of integers, per dimension.
def bits_per_dim(nll, num_dims, levels=256):
    log_p = -nll / num_dims - math.log(levels)
    return -log_p / math.log(2)
