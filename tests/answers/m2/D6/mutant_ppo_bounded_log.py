# Log-ratio bounded at 2.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    return -F.logsigmoid(beta * (chosen_logp - ref_chosen_logp - rejected_logp + ref_rejected_logp))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    r = (logp - old_logp).clamp(-2, 2).exp()
    return -torch.minimum(r * advantage, r.clamp(1 - clip, 1 + clip) * advantage)
