# The text's own R is in its baseline.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    return -((worth - worth.mean()) * logp).mean()
