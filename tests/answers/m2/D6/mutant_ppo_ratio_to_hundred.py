# The ratio is never more than a hundred.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    return -F.logsigmoid(beta * ((chosen_logp - ref_chosen_logp) - (rejected_logp - ref_rejected_logp)))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = torch.exp(logp - old_logp).clamp(max=100)
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage)
