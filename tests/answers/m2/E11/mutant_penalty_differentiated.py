# The penalty is differentiated as it stands, which is zero on average.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = reward.detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others) * logp).mean() + beta * (logp - ref_logp.detach()).mean()
