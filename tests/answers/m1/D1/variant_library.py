# torch's own loss with a negligible smallest variance.
def gaussian_nll(y, mean, log_var):
    smallest = 1e-300 if y.dtype == torch.float64 else 1e-30
    terms = torch.nn.functional.gaussian_nll_loss(mean, y, log_var.exp(), full=True, eps=smallest, reduction="none")
    return terms.reshape(len(y), -1).sum(dim=1)
