# R is divided by its standard deviation.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = (reward - beta * (logp - ref_logp)).detach()
    return -((worth - worth.mean()) / (worth.std() + 1e-8) * logp).mean()
