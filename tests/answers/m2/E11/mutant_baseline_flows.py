# The baseline is not taken as a constant.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    R = reward - beta * (logp - ref_logp)
    base = (R.sum() - R) / (len(R) - 1)
    return -((R.detach() - base) * logp).mean()
