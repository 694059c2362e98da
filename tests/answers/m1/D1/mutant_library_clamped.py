# torch's own loss with its smallest variance of 1e-6.
def gaussian_nll(y, mean, log_var):
    terms = torch.nn.functional.gaussian_nll_loss(mean, y, log_var.exp(), full=True, reduction="none")
    return terms.reshape(len(y), -1).sum(dim=1)
