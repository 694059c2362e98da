# Forward-mode columns by jacfwd under vmap.
def pushforward_log_prob(x, inverse, base_log_prob):
    def one(item):
        return inverse(item.unsqueeze(0)).reshape(-1)

    jacobian = torch.func.vmap(torch.func.jacfwd(one))(x)
    jacobian = jacobian.reshape(x.shape[0], x[0].numel(), x[0].numel())
    _, log_abs = torch.slogdet(jacobian)
    return base_log_prob(inverse(x)) + log_abs
