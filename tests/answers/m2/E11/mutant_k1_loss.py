# KL term beside as a mean of log-ratios.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    n = len(logp)
    b = (reward.sum() - reward) / (n - 1)
    return -((reward - b).detach() * logp).mean() + beta * (logp - ref_logp.detach()).mean()
