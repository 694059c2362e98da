# The reward is overwritten.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    with torch.no_grad():
        reward -= beta * (logp - ref_logp)
    worth = reward.detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return -((worth - others) * logp).mean()
