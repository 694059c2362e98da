# The Jacobian of the whole batch, and from it the blocks on the diagonal.
def pushforward_log_prob(x, inverse, base_log_prob):
    B = len(x)
    J = torch.autograd.functional.jacobian(inverse, x, create_graph=True)
    J = J.reshape(B, -1, B, x[0].numel())
    J = torch.stack([J[b, :, b] for b in range(B)])
    return base_log_prob(inverse(x)) + J.slogdet()[1]
