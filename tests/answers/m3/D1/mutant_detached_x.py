# x is detached first, so that no gradient reaches it.
def pushforward_log_prob(x, inverse, base_log_prob):
    x = x.detach().clone().requires_grad_()

    def flat_inverse(item):
        return inverse(item[None]).flatten()

    jacobian = torch.func.vmap(torch.func.jacrev(flat_inverse))(x).flatten(2)
    return base_log_prob(inverse(x)) + torch.linalg.slogdet(jacobian).logabsdet
