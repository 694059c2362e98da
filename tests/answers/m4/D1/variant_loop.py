# One item after the other, one element after the other.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    result = []
    for mq, sq, mp, sp in zip(mean_q, log_var_q, mean_p, log_var_p):
        total = 0.0
        for a, b, c, d in zip(mq.reshape(-1), sq.reshape(-1), mp.reshape(-1), sp.reshape(-1)):
            total = total + 0.5 * (torch.exp(b - d) + (a - c) ** 2 / torch.exp(d) - 1 - (b - d))
        result.append(total)
    return torch.stack(result)
