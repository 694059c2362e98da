# By einsum; the field through gaussian_path.
def gaussian_path(x_0, x_1, alpha, beta, d_alpha, d_beta):
    def mix(a, b):
        return torch.einsum("b,b...->b...", a, x_1) + torch.einsum("b,b...->b...", b, x_0)

    return mix(alpha, beta), mix(d_alpha, d_beta)


def conditional_field(x, x_1, alpha, beta, d_alpha, d_beta):
    start = torch.einsum("b,b...->b...", 1 / beta, x - torch.einsum("b,b...->b...", alpha, x_1))
    return gaussian_path(start, x_1, alpha, beta, d_alpha, d_beta)[1]
