# alpha scales the noise and beta the data.
def gaussian_path(x_0, x_1, alpha, beta, d_alpha, d_beta):
    shape = (-1, *[1] * (x_0.ndim - 1))
    a, b, da, db = alpha.reshape(shape), beta.reshape(shape), d_alpha.reshape(shape), d_beta.reshape(shape)
    x_t = a * x_0 + b * x_1
    velocity = da * x_0 + db * x_1
    return x_t, velocity


def conditional_field(x, x_1, alpha, beta, d_alpha, d_beta):
    shape = (-1, *[1] * (x.ndim - 1))
    a, b, da, db = alpha.reshape(shape), beta.reshape(shape), d_alpha.reshape(shape), d_beta.reshape(shape)
    x_0 = (x - b * x_1) / a
    return db * x_1 + da * x_0
