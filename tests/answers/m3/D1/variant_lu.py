# The determinant from an LU factorisation.
def pushforward_log_prob(x, inverse, base_log_prob):
    B, D = len(x), x[0].numel()
    J = torch.autograd.functional.jacobian(lambda v: inverse(v).sum(0), x, create_graph=True).reshape(D, B, D).transpose(0, 1)
    _, _L, U = torch.linalg.lu(J)
    return base_log_prob(inverse(x)) + U.diagonal(dim1=1, dim2=2).abs().log().sum(1)
