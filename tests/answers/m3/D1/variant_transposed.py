# The transposed Jacobian, which has the same determinant.
def pushforward_log_prob(x, inverse, base_log_prob):
    x_in = x if x.requires_grad else x.detach().clone().requires_grad_()
    z = inverse(x_in)
    flat = z.reshape(z.shape[0], -1)
    rows = [torch.autograd.grad(flat[:, i].sum(), x_in, create_graph=True)[0].reshape(z.shape[0], -1) for i in range(flat.shape[1])]
    jacobian = torch.stack(rows, dim=1)
    return torch.linalg.slogdet(jacobian.mT).logabsdet + base_log_prob(z)
