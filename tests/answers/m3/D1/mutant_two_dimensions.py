# The determinant by the formula for 2 × 2 matrices.
def pushforward_log_prob(x, inverse, base_log_prob):
    def flat_inverse(item):
        return inverse(item[None]).flatten()

    jacobian = torch.func.vmap(torch.func.jacrev(flat_inverse))(x).flatten(2)
    return base_log_prob(inverse(x)) + torch.log((jacobian[:, 0, 0] * jacobian[:, -1, -1] - jacobian[:, 0, -1] * jacobian[:, -1, 0]).abs())
