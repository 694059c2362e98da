# One divergence for both layers; the largest exponent is taken out by hand.
def mixture_log_prior(z, logits, means, log_vars):
    standard = (z.unsqueeze(1) - means.unsqueeze(0)) * torch.exp(-0.5 * log_vars)
    a = logits - logits.logsumexp(0) - 0.5 * (standard.pow(2).sum(-1) + log_vars.sum(-1) + z.shape[1] * math.log(2 * math.pi))
    m = a.max(dim=1, keepdim=True).values.detach()
    return m[:, 0] + torch.log(torch.exp(a - m).sum(dim=1))


def _kl(m, s, m_p, s_p):
    return 0.5 * torch.sum(s_p - s - 1 + torch.exp(s - s_p) + ((m - m_p) * torch.exp(-0.5 * s_p)) ** 2, dim=-1)


def hierarchical_kl(mean_1, log_var_1, mean_2, log_var_2, z_2, prior, weight=1.0):
    width = mean_1.shape[-1]
    below = prior(z_2)
    zero = torch.zeros_like(mean_2)
    return _kl(mean_2, log_var_2, zero, zero) + weight * _kl(mean_1, log_var_1, below[:, :width], below[:, width:])
