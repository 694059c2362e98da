# The base density is computed under no_grad.
def pushforward_log_prob(x, inverse, base_log_prob):
    def flat_inverse(item):
        return inverse(item[None]).flatten()

    jacobian = torch.func.vmap(torch.func.jacrev(flat_inverse))(x).flatten(2)
    with torch.no_grad():
        base = base_log_prob(inverse(x))
    return base + torch.linalg.slogdet(jacobian).logabsdet
