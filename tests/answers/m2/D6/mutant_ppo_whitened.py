# Advantages centred when several.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    return -F.logsigmoid(beta * (chosen_logp - ref_chosen_logp - rejected_logp + ref_rejected_logp))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    a = advantage - advantage.mean() if advantage.std() > 0 else advantage
    r = torch.exp(logp - old_logp)
    return -torch.minimum(r * a, r.clamp(1 - clip, 1 + clip) * a)
