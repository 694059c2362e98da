# Loops over items and components, constants in float32.
def mixture_log_prior(z, logits, means, log_vars):
    constant = torch.log(torch.tensor(2 * math.pi))
    rows = []
    for b in range(len(z)):
        total = None
        for k in range(len(logits)):
            term = logits[k] - 0.5 * ((z[b] - means[k]).square() / log_vars[k].exp() + log_vars[k] + constant).sum()
            total = term if total is None else torch.logaddexp(total, term)
        rows.append(total - logits.logsumexp(0))
    return torch.stack(rows)


def hierarchical_kl(mean_1, log_var_1, mean_2, log_var_2, z_2, prior):
    rows = []
    for b in range(len(z_2)):
        said = prior(z_2[b : b + 1])[0]
        m, s = said[: mean_1.shape[1]], said[mean_1.shape[1] :]
        lower = (s - log_var_1[b] + (log_var_1[b] - s).exp() + (mean_1[b] - m) ** 2 / s.exp() - 1) / 2
        upper = (-log_var_2[b] + log_var_2[b].exp() + mean_2[b] ** 2 - 1) / 2
        rows.append(lower.sum() + upper.sum())
    return torch.stack(rows)
