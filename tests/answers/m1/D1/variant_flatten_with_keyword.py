# Flattens by unsqueezing first, with an extra keyword argument.
def gaussian_nll(y, mean, log_var, constant=True):
    terms = 0.5 * (log_var + (y - mean).square() / log_var.exp())
    if constant:
        terms = terms + 0.5 * math.log(2 * math.pi)
    return terms.unsqueeze(-1).flatten(start_dim=1).sum(-1)
