# Means and log-variances are taken from alternating columns.
def conditional_vae(x, condition, noise, encoder, decoder):
    code = encoder(torch.cat([x, condition], dim=1))
    mean, log_var = code[:, ::2], code[:, 1::2]
    z = mean + torch.exp(0.5 * log_var) * noise
    return decoder(torch.cat([z, condition], dim=1)), mean, log_var


def conditional_draw(condition, noise, decoder):
    return decoder(torch.cat([noise, condition], dim=1))
