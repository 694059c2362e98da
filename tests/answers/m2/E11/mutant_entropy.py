# An entropy bonus stands for the KL: the reference is ignored.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * logp).detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others) * logp).mean()
