# Right in value: the gradient of the doubly reparameterised estimator, squared weights.
def iwae_bound(log_w):
    share = torch.softmax(log_w, 0).detach()
    value = (torch.logsumexp(log_w, 0) - math.log(len(log_w))).detach()
    pull = (share**2 * torch.nan_to_num(log_w, neginf=0.0)).sum(0)
    return value + pull - pull.detach()
