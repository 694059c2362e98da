# torch.autograd.functional.jacobian of the sum over the batch, with create_graph.
def pushforward_log_prob(x, inverse, base_log_prob):
    def total(y):
        return inverse(y).flatten(1).sum(0)

    jacobian = torch.autograd.functional.jacobian(total, x, create_graph=True)  # (D, B, ...)
    jacobian = jacobian.flatten(2).transpose(0, 1)
    return base_log_prob(inverse(x)) + torch.linalg.slogdet(jacobian).logabsdet
