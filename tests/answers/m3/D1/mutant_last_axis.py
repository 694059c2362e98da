# The determinant over the last axis alone, so that images lose rows and channels.
def pushforward_log_prob(x, inverse, base_log_prob):
    def one(item):
        return inverse(item[None])[0]

    jacobian = torch.func.vmap(torch.func.jacrev(one))(x)
    while jacobian.ndim > 3:
        jacobian = jacobian.sum(dim=1) if jacobian.shape[1] == 1 else jacobian.flatten(1, -3)[:, 0] if jacobian.ndim == 4 else jacobian.flatten(1, 2)
    return base_log_prob(inverse(x)) + torch.linalg.slogdet(jacobian[:, : jacobian.shape[2]]).logabsdet
