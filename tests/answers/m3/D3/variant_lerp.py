# torch.lerp for the point, and a matrix product for the sum.
def cfm_loss(velocity, x_0, x_1, t):
    shape = (len(t),) + (1,) * (x_0.dim() - 1)
    x_t = torch.lerp(x_0, x_1, t.view(shape))
    error = (velocity(x_t, t) - x_1 + x_0).reshape(len(t), -1)
    return torch.einsum("bd,bd->b", error, error)
