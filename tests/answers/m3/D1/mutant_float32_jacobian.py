# The Jacobian is stored in a float32 tensor.
def pushforward_log_prob(x, inverse, base_log_prob):
    x_in = x if x.requires_grad else x.detach().clone().requires_grad_()
    z = inverse(x_in)
    flat = z.reshape(z.shape[0], -1)
    rows = [torch.autograd.grad(flat[:, i].sum(), x_in, create_graph=True)[0].reshape(z.shape[0], -1) for i in range(flat.shape[1])]
    jacobian = torch.zeros(len(x), flat.shape[1], flat.shape[1])
    for i, row in enumerate(rows):
        jacobian[:, i] = row
    return base_log_prob(z) + torch.linalg.slogdet(jacobian)[1]
