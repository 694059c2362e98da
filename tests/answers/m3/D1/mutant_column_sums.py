# The gradient of the sum of z stands for the diagonal.
def pushforward_log_prob(x, inverse, base_log_prob):
    x_in = x if x.requires_grad else x.detach().clone().requires_grad_()
    z = inverse(x_in)
    slopes = torch.autograd.grad(z.sum(), x_in, create_graph=True)[0]
    return base_log_prob(z) + torch.log(slopes.abs()).flatten(1).sum(1)
