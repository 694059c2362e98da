# The others' mean divides by B.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    others = (worth.sum() - worth) / len(worth)
    return -((worth - others) * logp).mean()
