# The Jacobian of the whole batch is averaged over the items, not summed.
def pushforward_log_prob(x, inverse, base_log_prob):
    B, D = len(x), x[0].numel()
    J = torch.autograd.functional.jacobian(inverse, x, create_graph=True).reshape(B, D, B, D).mean(2)
    return base_log_prob(inverse(x)) + torch.linalg.slogdet(J)[1]
