# The quotient counts 50 at most.
def gaussian_nll(y, mean, log_var):
    t = (0.5 * (y - mean) ** 2 * torch.exp(-log_var)).clamp(max=50) + 0.5 * log_var + 0.5 * math.log(2 * math.pi)
    return t.reshape(len(y), -1).sum(1)
