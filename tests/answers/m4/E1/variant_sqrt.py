# With the root of the variance; the surrogate from hand-made scores.
def reparameterise(mean, log_var, noise):
    return torch.addcmul(mean.expand_as(noise), torch.sqrt(torch.exp(log_var)).expand_as(noise), noise)


def score_surrogate(value, z, mean, log_var):
    with torch.no_grad():
        error = z - mean
        to_mean = (value[..., None] * error / log_var.exp()).mean(0)
        to_log_var = (value[..., None] * 0.5 * (error**2 / log_var.exp() - 1)).mean(0)
    return (mean * to_mean + log_var * to_log_var).sum(1)
