# The floor plus what lies above it; columns of draws instead of rows, one maximum per draw by hand.
def active_units(mean_q, log_var_q, threshold=0.01):
    centred = mean_q - mean_q.mean(0, keepdim=True)
    variance = (centred**2).sum(0) / (mean_q.shape[0] - 1)
    return variance > threshold


def free_bits(kl, floor):
    return (F.relu(kl.mean(0) - floor) + floor).sum()


def latent_information(z, mean_q, log_var_q):
    d = z[None, :, :] - mean_q[:, None, :]
    log_q = (-0.5 * math.log(2 * math.pi) - 0.5 * log_var_q[:, None] - 0.5 * d**2 * torch.exp(-log_var_q[:, None])).sum(2)
    top = log_q.max(0).values.detach()
    mean = (log_q - top).exp().mean(0).log() + top
    return log_q.diag() - mean
