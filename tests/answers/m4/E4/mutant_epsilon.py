# Adds 1e-8 to the variance before the root.
def conditional_vae(x, condition, noise, encoder, decoder):
    mean, log_var = encoder(torch.cat([x, condition], dim=1)).chunk(2, dim=1)
    z = mean + torch.sqrt(torch.exp(log_var) + 1e-8) * noise
    return decoder(torch.cat([z, condition], dim=1)), mean, log_var


def conditional_draw(condition, noise, decoder):
    return decoder(torch.cat([noise, condition], dim=1))
