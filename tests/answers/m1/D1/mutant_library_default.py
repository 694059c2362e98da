# torch's own loss without the constant.
def gaussian_nll(y, mean, log_var):
    terms = torch.nn.functional.gaussian_nll_loss(mean, y, log_var.exp(), full=False, eps=1e-300, reduction="none")
    return terms.reshape(len(y), -1).sum(dim=1)
