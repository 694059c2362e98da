# Half the square of the log-ratio, without a baseline.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = reward.detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    return (-(worth - others) * logp + 0.5 * beta * (logp - ref_logp.detach()) ** 2).mean()
