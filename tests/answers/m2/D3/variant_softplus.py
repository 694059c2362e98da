# With softplus in place of logsigmoid, and the items one after another.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels: int = 256):
    results = []
    for i in range(x.shape[0]):
        value = x[i].item()
        a = (value + 0.5 - means[i]) * torch.exp(-log_scales[i])
        b = (value - 0.5 - means[i]) * torch.exp(-log_scales[i])
        if value == 0:
            log_p = -F.softplus(-a)
        elif value == levels - 1:
            log_p = -F.softplus(b)
        else:
            log_p = -F.softplus(-a) - F.softplus(b) + torch.log(-torch.expm1(-torch.exp(-log_scales[i])))
        results.append(torch.logsumexp(logits[i] + log_p, 0) - torch.logsumexp(logits[i], 0))
    return torch.stack(results)
