# The field as mean and deviation are written in the paper, with views by None.
def gaussian_path(x_0, x_1, alpha, beta, d_alpha, d_beta):
    for _ in range(x_0.dim() - 1):
        alpha, beta, d_alpha, d_beta = alpha[..., None], beta[..., None], d_alpha[..., None], d_beta[..., None]
    return torch.addcmul(beta * x_0, alpha, x_1), torch.addcmul(d_beta * x_0, d_alpha, x_1)


def conditional_field(x, x_1, alpha, beta, d_alpha, d_beta):
    for _ in range(x.dim() - 1):
        alpha, beta, d_alpha, d_beta = alpha[..., None], beta[..., None], d_alpha[..., None], d_beta[..., None]
    return d_beta / beta * (x - alpha * x_1) + d_alpha * x_1
