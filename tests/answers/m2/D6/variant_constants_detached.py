# Reference, old values and advantage are detached; maximum of the negatives.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    gain = chosen_logp - ref_chosen_logp.detach() - rejected_logp + ref_rejected_logp.detach()
    return torch.logaddexp(torch.zeros_like(gain), -beta * gain)


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio, a = torch.exp(logp - old_logp.detach()), advantage.detach()
    return torch.maximum(-a * ratio, -a * torch.clamp(ratio, min=1.0 - clip, max=1.0 + clip))
