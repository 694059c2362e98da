# Asks for gradients of x itself, then differentiates row by row.
def pushforward_log_prob(x, inverse, base_log_prob):
    x.requires_grad_()
    z = inverse(x)
    n = z[0].numel()
    rows = [torch.autograd.grad(z.reshape(len(x), n)[:, i].sum(), x, create_graph=True)[0].reshape(len(x), n) for i in range(n)]
    return base_log_prob(z) + torch.linalg.slogdet(torch.stack(rows, 1)).logabsdet
