# view, which fails for inputs that are not contiguous.
def pushforward_log_prob(x, inverse, base_log_prob):
    x = x.view(x.numel() // x[0].numel(), *x.shape[1:]).view(-1).view(x.shape)

    def flat_inverse(item):
        return inverse(item[None]).flatten()

    jacobian = torch.func.vmap(torch.func.jacrev(flat_inverse))(x).flatten(2)
    return base_log_prob(inverse(x)) + torch.linalg.slogdet(jacobian).logabsdet
