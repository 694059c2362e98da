# One item after the other.
def gaussian_path(x_0, x_1, alpha, beta, d_alpha, d_beta):
    points = [a * q + b * p for p, q, a, b in zip(x_0, x_1, alpha, beta, strict=False)]
    velocities = [a * q + b * p for p, q, a, b in zip(x_0, x_1, d_alpha, d_beta, strict=False)]
    return torch.stack(points), torch.stack(velocities)


def conditional_field(x, x_1, alpha, beta, d_alpha, d_beta):
    fields = []
    for b in range(len(x)):
        start = (x[b] - alpha[b] * x_1[b]) / beta[b]
        fields.append(d_alpha[b] * x_1[b] + d_beta[b] * start)
    return torch.stack(fields)
