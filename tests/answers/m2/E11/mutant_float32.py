# R is computed in float32.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach().float()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others) * logp).mean()
