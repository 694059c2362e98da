# A Jacobian per item with create_graph left out: the determinant carries no gradient.
def pushforward_log_prob(x, inverse, base_log_prob):
    log_dets = []
    for item in x:
        jacobian = torch.autograd.functional.jacobian(lambda y: inverse(y[None]).flatten(), item).reshape(item.numel(), item.numel())
        log_dets.append(torch.linalg.slogdet(jacobian).logabsdet)
    return base_log_prob(inverse(x)) + torch.stack(log_dets)
