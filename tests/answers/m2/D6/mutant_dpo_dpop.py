# DPO with a penalty when the chosen one falls.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    return -F.logsigmoid(
        beta * (chosen_logp - ref_chosen_logp - rejected_logp + ref_rejected_logp - 0.1 * (ref_chosen_logp - chosen_logp).clamp(min=0))
    )


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = torch.exp(logp - old_logp)
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage)
