# A covariance.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    R = (reward - beta * (logp - ref_logp)).detach()
    return -torch.cov(torch.stack([R, logp]))[0, 1]
