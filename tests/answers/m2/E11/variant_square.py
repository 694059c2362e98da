# The penalty as half the square of the log-ratio, whose gradient is the same; each part with its own baseline.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    n = len(logp)
    gain = reward.detach() - (reward.detach().sum() - reward.detach()) / (n - 1 if n > 1 else 1)
    ratio = logp - ref_logp.detach()
    held = ratio.detach()
    others = (held.sum() - held) / (n - 1)
    return (-gain * logp + beta * (0.5 * ratio**2 - others * logp)).mean()
