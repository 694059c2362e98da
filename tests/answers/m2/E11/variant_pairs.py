# All pairs of differences.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    R = (reward - beta * (logp - ref_logp)).detach()
    n = R.numel()
    return -((R[:, None] - R) * (logp[:, None] - logp)).sum() / (2 * n * (n - 1))
