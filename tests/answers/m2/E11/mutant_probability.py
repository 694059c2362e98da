# The probability instead of its logarithm.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others) * logp.exp()).mean()
