# R is not a constant: its derivative is added.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = reward.detach() - beta * (logp - ref_logp.detach())
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others.detach()) * logp).mean()
