# Only the sign of the advantage counts.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    margin = (chosen_logp - ref_chosen_logp) - (rejected_logp - ref_rejected_logp)
    return -F.logsigmoid(beta * margin)


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = torch.exp(logp - old_logp)
    a = advantage.sign()
    return -torch.minimum(ratio * a, ratio.clamp(1 - clip, 1 + clip) * a)
