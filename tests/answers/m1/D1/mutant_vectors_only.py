# Works for vectors only.
def gaussian_nll(y, mean, log_var):
    terms = 0.5 * (y - mean) ** 2 * torch.exp(-log_var) + 0.5 * log_var + 0.5 * math.log(2 * math.pi)
    return torch.einsum("bd->b", terms)
