# The gradient of the base density stands for the Jacobian term.
def pushforward_log_prob(x, inverse, base_log_prob):
    x_in = x if x.requires_grad else x.detach().clone().requires_grad_()
    base = base_log_prob(inverse(x_in))
    slope = torch.autograd.grad(base.sum(), x_in, create_graph=True)[0]
    return base + slope.flatten(1).norm(dim=1).log()
