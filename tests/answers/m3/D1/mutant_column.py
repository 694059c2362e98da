# The result has shape (B, 1).
def pushforward_log_prob(x, inverse, base_log_prob):
    def flat_inverse(item):
        return inverse(item[None]).flatten()

    jacobian = torch.func.vmap(torch.func.jacrev(flat_inverse))(x).flatten(2)
    return (base_log_prob(inverse(x)) + torch.linalg.slogdet(jacobian).logabsdet)[:, None]
