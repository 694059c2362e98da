# Stable value, NaN gradient.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    h = beta * (chosen_logp - ref_chosen_logp - rejected_logp + ref_rejected_logp)
    return torch.where(h < -30, -h, torch.log1p(torch.exp(-h)))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = torch.exp(logp - old_logp)
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage)
