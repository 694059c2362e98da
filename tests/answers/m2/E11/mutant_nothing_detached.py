# Neither R nor its baseline is a constant.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = reward - beta * (logp - ref_logp)
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others) * logp).mean()
