# The path takes the absolute value of beta, as of a standard deviation.
def gaussian_path(x_0, x_1, alpha, beta, d_alpha, d_beta):
    shape = (-1, *[1] * (x_0.ndim - 1))
    a, b, da, db = alpha.reshape(shape), beta.reshape(shape), d_alpha.reshape(shape), d_beta.reshape(shape)
    return a * x_1 + b.abs() * x_0, da * x_1 + db * x_0


def conditional_field(x, x_1, alpha, beta, d_alpha, d_beta):
    shape = (-1, *[1] * (x.ndim - 1))
    a, b, da, db = alpha.reshape(shape), beta.reshape(shape), d_alpha.reshape(shape), d_beta.reshape(shape)
    return da * x_1 + db * (x - a * x_1) / b
