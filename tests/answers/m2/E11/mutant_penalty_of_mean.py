# The penalty is that of the whole batch for every text.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp).mean()).detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others) * logp).mean()
