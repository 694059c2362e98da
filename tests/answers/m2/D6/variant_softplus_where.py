# softplus, and the two sides of the clip by where.
def dpo_loss(chosen_logp, rejected_logp, ref_chosen_logp, ref_rejected_logp, beta):
    policy, reference = chosen_logp - rejected_logp, ref_chosen_logp - ref_rejected_logp
    return F.softplus(-beta * (policy - reference))


def ppo_clip_loss(logp, old_logp, advantage, clip):
    ratio = (logp - old_logp).exp()
    bound = torch.where(advantage > 0, torch.full_like(ratio, 1 + clip), torch.full_like(ratio, 1 - clip))
    over = torch.where(advantage > 0, ratio > bound, ratio < bound)
    return -advantage * torch.where(over, bound, ratio)
