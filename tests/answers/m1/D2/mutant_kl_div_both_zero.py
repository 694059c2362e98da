# F.kl_div with log q: 0 times minus infinity where both probabilities are 0.
def kl_discrete(p, q):
    return F.kl_div(q.log(), p, reduction="none").sum(-1)


def js_discrete(p, q):
    def entropy(a):
        return -torch.xlogy(a, a).sum(-1)

    return entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2


def wasserstein1(x, y):
    return (x.sort(-1).values - y.sort(-1).values).abs().mean(-1)
