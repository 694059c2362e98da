# beta multiplies the reward.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (beta * reward - (logp - ref_logp)).detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others) * logp).mean()
