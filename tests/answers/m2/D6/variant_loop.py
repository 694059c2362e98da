# Item by item.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    items = zip(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp)
    return torch.stack([-F.logsigmoid(beta * ((c - rc) - (r - rr))) for c, r, rc, rr in items])


def ppo_clip_loss(logp, old_logp, advantage, clip):
    losses = []
    for new, old, a in zip(logp, old_logp, advantage):
        ratio = torch.exp(new - old)
        losses.append(torch.stack([-ratio * a, -ratio.clip(1 - clip, 1 + clip) * a]).max())
    return torch.stack(losses)
