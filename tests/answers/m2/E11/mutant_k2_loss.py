# KL as half the squared log-ratio without a baseline.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    n = len(logp)
    b = (reward.sum() - reward) / (n - 1)
    return -((reward - b).detach() * logp).mean() + beta * 0.5 * ((logp - ref_logp.detach()) ** 2).mean()
