# The gradient of a ratio that is 1.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    with torch.no_grad():
        worth = reward - beta * (logp - ref_logp)
        n = worth.shape[0]
        others = (worth.sum() - worth) / (n - 1)
    return -(torch.exp(logp - logp.detach()) * (worth - others)).mean()
