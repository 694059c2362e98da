# exp of each log-probability by itself, which is 0 / 0 for rare texts in float32.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    margin = (chosen_logp - ref_chosen_logp) - (rejected_logp - ref_rejected_logp)
    return -F.logsigmoid(beta * margin)


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = torch.exp(logp) / (torch.exp(old_logp) + 1e-12)
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage)
