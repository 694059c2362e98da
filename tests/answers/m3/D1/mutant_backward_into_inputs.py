# The rows are collected by backward, which leaves gradients behind and has no second derivative.
def pushforward_log_prob(x, inverse, base_log_prob):
    y = x.detach().clone().requires_grad_()
    z = inverse(y).flatten(1)
    rows = []
    for i in range(z.shape[1]):
        y.grad = None
        z[:, i].sum().backward(retain_graph=True)
        rows.append(y.grad.flatten(1).clone())
    return base_log_prob(inverse(x)) + torch.linalg.slogdet(torch.stack(rows, 1)).logabsdet
