# A loop over the texts.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    values = [float(r - beta * (p - q)) for p, q, r in zip(logp.detach(), ref_logp.detach(), reward.detach())]
    n, total = len(values), 0.0
    for i in range(n):
        baseline = sum(v for j, v in enumerate(values) if j != i) / (n - 1)
        total = total - (values[i] - baseline) * logp[i]
    return total / n
