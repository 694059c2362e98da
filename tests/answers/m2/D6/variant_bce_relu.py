# Binary cross-entropy with label 1; the gain cut off by relu.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    score = beta * (chosen_logp - ref_chosen_logp) - beta * (rejected_logp - ref_rejected_logp)
    return F.binary_cross_entropy_with_logits(score, torch.ones_like(score), reduction="none")


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = torch.exp(logp - old_logp)
    s = torch.sign(advantage)
    return -advantage * (1 + s * (clip - F.relu(clip - s * (ratio - 1))))
