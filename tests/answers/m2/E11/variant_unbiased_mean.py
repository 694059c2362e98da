# Deviations from the mean of all, divided by B - 1, which is the same.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    return -((worth - worth.mean()) * logp).sum() / (logp.numel() - 1)
