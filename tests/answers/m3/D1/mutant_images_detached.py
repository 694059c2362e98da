# The determinant of images is cut from the graph.
def pushforward_log_prob(x, inverse, base_log_prob):
    with torch.enable_grad():
        xx = x if x.requires_grad else x.detach().clone().requires_grad_()
        z = inverse(xx)
        flat = z.flatten(1)
        rows = []
        for i in range(flat.shape[1]):
            g = torch.autograd.grad(flat[:, i].sum(), xx, create_graph=True, retain_graph=True)[0]
            rows.append(g.flatten(1))
        jac = torch.stack(rows, 1).detach() if x.dim() > 2 else torch.stack(rows, 1)
        return base_log_prob(z) + torch.linalg.slogdet(jac)[1]
