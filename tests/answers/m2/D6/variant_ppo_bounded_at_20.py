# Maximum of the two losses, log-ratio bounded at 20.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    return -F.logsigmoid(beta * (chosen_logp - ref_chosen_logp - rejected_logp + ref_rejected_logp))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    r = (logp - old_logp).clamp(-20, 20).exp()
    return torch.max(-advantage * r, -advantage * torch.clip(r, 1.0 - clip, 1.0 + clip))
