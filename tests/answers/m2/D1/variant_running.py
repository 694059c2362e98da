# The components are added one after the other by logaddexp.
def mdn_nll(y, logits, means, log_scales):
    log_weights = torch.log_softmax(logits, dim=1)
    total = None
    for k in range(means.shape[1]):
        term = log_weights[:, k] + (
            -0.5 * ((y - means[:, k]) * torch.exp(-log_scales[:, k])) ** 2 - log_scales[:, k] - 0.5 * math.log(2 * math.pi)
        ).sum(1)
        total = term if total is None else torch.logaddexp(total, term)
    return -total
