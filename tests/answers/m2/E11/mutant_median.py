# The median of all is the baseline.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    return -((worth - worth.median()) * logp).mean()
