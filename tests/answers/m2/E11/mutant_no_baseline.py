# Without a baseline.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    return -(worth * logp).mean()
