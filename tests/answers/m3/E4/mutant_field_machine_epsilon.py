# The denominator of the field is clamped to the machine epsilon.
def gaussian_path(x_0, x_1, alpha, beta, d_alpha, d_beta):
    shape = (-1, *[1] * (x_0.ndim - 1))
    a, b, da, db = alpha.reshape(shape), beta.reshape(shape), d_alpha.reshape(shape), d_beta.reshape(shape)
    x_t = a * x_1 + b * x_0
    velocity = da * x_1 + db * x_0
    return x_t, velocity


def conditional_field(x, x_1, alpha, beta, d_alpha, d_beta):
    shape = (-1, *[1] * (x.ndim - 1))
    a, b, da, db = alpha.reshape(shape), beta.reshape(shape), d_alpha.reshape(shape), d_beta.reshape(shape)
    x_0 = (x - a * x_1) / b.clamp(min=torch.finfo(b.dtype).eps)
    return da * x_1 + db * x_0
