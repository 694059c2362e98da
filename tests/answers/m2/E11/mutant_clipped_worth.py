# Worth clipped.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    R = (reward - beta * (logp - ref_logp)).detach().clamp(-20, 20)
    return -((R - (R.sum() - R) / (len(R) - 1)) * logp).mean()
