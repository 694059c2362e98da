# The baseline by a matrix of ones without its diagonal.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    n = len(worth)
    rest = (torch.ones(n, n, dtype=worth.dtype) - torch.eye(n, dtype=worth.dtype)) / (n - 1)
    return -torch.dot(worth - rest @ worth, logp) / n
