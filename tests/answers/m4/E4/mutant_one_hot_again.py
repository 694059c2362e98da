# Takes the largest entry of the condition and makes it one-hot.
def conditional_vae(x, condition, noise, encoder, decoder):
    mean, log_var = encoder(torch.cat([x, condition], dim=1)).chunk(2, dim=1)
    z = mean + torch.exp(0.5 * log_var) * noise
    return decoder(torch.cat([z, F.one_hot(condition.argmax(1), condition.shape[1]).to(z)], dim=1)), mean, log_var


def conditional_draw(condition, noise, decoder):
    return decoder(torch.cat([noise, condition], dim=1))
