# The baseline is of the rewards only.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    others = ((reward.sum() - reward) / (len(reward) - 1)).detach()
    return -((worth - others) * logp).mean()
