# The penalty is the estimate exp(-d) - 1 + d, differentiated as it stands.
def policy_gradient_loss(logp, ref_logp, reward, beta):
    worth = reward.detach()
    others = (worth.sum() - worth) / (len(worth) - 1)
    d = ref_logp.detach() - logp
    return -((worth - others) * logp).mean() + beta * (d.exp() - 1 - d).mean()
