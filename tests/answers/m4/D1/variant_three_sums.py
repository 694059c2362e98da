# The three parts added up apart, with the number of elements subtracted at the end.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    size = mean_q[0].numel()
    trace = torch.exp(log_var_q - log_var_p).reshape(-1, size).sum(1)
    square = ((mean_q - mean_p) / torch.exp(log_var_p / 2)).reshape(-1, size).square().sum(1)
    log_det = (log_var_p - log_var_q).reshape(-1, size).sum(1)
    return 0.5 * (trace + square - size + log_det)
