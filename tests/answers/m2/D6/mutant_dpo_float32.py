# Computed in float32.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp = (
        x.float() for x in (chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp)
    )
    margin = (chosen_logp - ref_chosen_logp) - (rejected_logp - ref_rejected_logp)
    return -F.logsigmoid(beta * margin)


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = torch.exp(logp - old_logp)
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage)
