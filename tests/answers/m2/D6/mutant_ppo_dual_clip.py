# Dual clip for negative advantages.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    return -F.logsigmoid(beta * (chosen_logp - ref_chosen_logp - rejected_logp + ref_rejected_logp))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    r = torch.exp(logp - old_logp)
    l = torch.minimum(r * advantage, r.clamp(1 - clip, 1 + clip) * advantage)
    return -torch.where(advantage < 0, torch.maximum(l, 3 * advantage), l)
