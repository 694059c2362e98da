# functional.jacobian without create_graph: right value, no gradient through the determinant.
def pushforward_log_prob(x, inverse, base_log_prob):
    jacobian = torch.autograd.functional.jacobian(lambda y: inverse(y).flatten(1).sum(0), x).flatten(2).transpose(0, 1)
    return base_log_prob(inverse(x)) + torch.linalg.slogdet(jacobian).logabsdet
