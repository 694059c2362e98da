# Item by item, in a loop.
def gaussian_nll(y, mean, log_var):
    results = []
    for y_b, m_b, s_b in zip(y, mean, log_var, strict=True):
        results.append(((y_b - m_b) ** 2 / torch.exp(s_b) / 2 + s_b / 2 + math.log(2 * math.pi) / 2).sum())
    return torch.stack(results)
