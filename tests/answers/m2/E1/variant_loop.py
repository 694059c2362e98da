# Item by item in plain loops; a list for a pair.
def mixture_moments(logits, means, log_scales):
    mean, variance = [], []
    for b in range(len(logits)):
        w = torch.softmax(logits[b], 0)
        m = sum(w[k] * means[b, k] for k in range(len(w)))
        mean.append(m)
        variance.append(sum(w[k] * (log_scales[b, k].exp() ** 2 + (means[b, k] - m) ** 2) for k in range(len(w))))
    return torch.stack(mean), torch.stack(variance)


def mixture_draw(logits, means, log_scales, u, noise):
    out = []
    for b in range(len(u)):
        total, chosen = 0.0, logits.shape[1] - 1
        for k, weight in enumerate(torch.softmax(logits[b], 0)):
            total = total + weight
            if total > u[b]:
                chosen = k
                break
        out.append(means[b, chosen] + log_scales[b, chosen].exp() * noise[b])
    return torch.stack(out)
