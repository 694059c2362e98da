# By the sign of the advantage.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    return -F.logsigmoid(beta * (chosen_logp - ref_chosen_logp - rejected_logp + ref_rejected_logp))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    r = torch.exp(logp - old_logp)
    g = torch.where(advantage >= 0, (1 + clip) * advantage, (1 - clip) * advantage)
    return -torch.min(r * advantage, g)
