# The log-ratio is bounded at ±10, so that a ratio beyond has the wrong loss and no gradient.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    return -F.logsigmoid(beta * ((chosen_logp - ref_chosen_logp) - (rejected_logp - ref_rejected_logp)))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = (logp - old_logp).clamp(-10, 10).exp()
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage)
