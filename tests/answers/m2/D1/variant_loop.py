# Item by item and component by component.
def mdn_nll(y, logits, means, log_scales):
    rows = []
    for b in range(y.shape[0]):
        terms = []
        for k in range(logits.shape[1]):
            z = (y[b] - means[b, k]) / torch.exp(log_scales[b, k])
            terms.append(logits[b, k] - 0.5 * (z * z).sum() - log_scales[b, k].sum() - 0.5 * y.shape[1] * math.log(2 * math.pi))
        rows.append(torch.logsumexp(logits[b], 0) - torch.logsumexp(torch.stack(terms), 0))
    return torch.stack(rows)
