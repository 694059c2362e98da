# The penalty is not centred.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = reward.detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others - beta * (logp - ref_logp).detach()) * logp).mean()
