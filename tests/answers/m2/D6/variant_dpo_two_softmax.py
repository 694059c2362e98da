# DPO as a softmax over both texts.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    scores = beta * torch.stack([chosen_logp - ref_chosen_logp, rejected_logp - ref_rejected_logp])
    return -scores.log_softmax(0)[0]


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = torch.exp(logp - old_logp)
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - clip, 1 + clip) * advantage)
