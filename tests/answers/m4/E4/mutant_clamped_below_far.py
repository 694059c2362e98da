# Bounds the log-variance from below, at -60, where z is drawn.
def conditional_vae(x, condition, noise, encoder, decoder):
    mean, log_var = encoder(torch.cat([x, condition], dim=1)).chunk(2, dim=1)
    z = mean + torch.exp(0.5 * log_var.clamp(min=-60)) * noise
    return decoder(torch.cat([z, condition], dim=1)), mean, log_var


def conditional_draw(condition, noise, decoder):
    return decoder(torch.cat([noise, condition], dim=1))
