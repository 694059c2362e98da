# Works in float64 whatever comes in.
def conditional_vae(x, condition, noise, encoder, decoder):
    mean, log_var = encoder(torch.cat([x, condition], dim=1)).chunk(2, dim=1)
    z = mean.double() + torch.exp(0.5 * log_var.double()) * noise.double()
    return decoder(torch.cat([z, condition], dim=1).to(x.dtype)).double(), mean, log_var


def conditional_draw(condition, noise, decoder):
    return decoder(torch.cat([noise, condition], dim=1))
