# The baseline is the R of the next text.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    return -((worth - worth.roll(1)) * logp).mean()
