# The diagonal of R of a QR decomposition gives the absolute determinant.
def pushforward_log_prob(x, inverse, base_log_prob):
    def flat_inverse(item):
        return inverse(item[None]).flatten()

    jacobian = torch.func.vmap(torch.func.jacrev(flat_inverse))(x).flatten(2)
    r = torch.linalg.qr(jacobian).R
    return base_log_prob(inverse(x)) + r.diagonal(dim1=1, dim2=2).abs().log().sum(1)
