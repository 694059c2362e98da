# The penalty is left out.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = reward.detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others) * logp).mean()
