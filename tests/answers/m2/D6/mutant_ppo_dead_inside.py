# Only the clipped term has a gradient.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    return -F.logsigmoid(beta * (chosen_logp - ref_chosen_logp - rejected_logp + ref_rejected_logp))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    r = torch.exp(logp - old_logp)
    return -torch.minimum(r.detach() * advantage, r.clamp(1 - clip, 1 + clip) * advantage)
