# Slices, hstack and a root of the variance.
def conditional_vae(x, condition, noise, encoder, decoder):
    latents = noise.shape[1]
    code = encoder(torch.hstack((x, condition)))
    mean, log_var = code[:, :latents], code[:, latents:]
    std = log_var.exp().sqrt()
    out = decoder(torch.hstack((mean + noise * std, condition)))
    return out, mean, log_var


def conditional_draw(condition, noise, decoder):
    return decoder(torch.hstack((noise, condition)))
