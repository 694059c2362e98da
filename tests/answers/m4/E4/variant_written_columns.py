# Columns are written into new tensors.
def conditional_vae(x, condition, noise, encoder, decoder):
    seen = x.new_empty(len(x), x.shape[1] + condition.shape[1])
    seen[:, : x.shape[1]] = x
    seen[:, x.shape[1] :] = condition
    mean, log_var = encoder(seen).chunk(2, dim=1)
    z = mean + torch.exp(0.5 * log_var) * noise
    return conditional_draw(condition, z, decoder), mean, log_var


def conditional_draw(condition, noise, decoder):
    seen = noise.new_zeros(len(noise), noise.shape[1] + condition.shape[1])
    seen[:, : noise.shape[1]] += noise
    seen[:, noise.shape[1] :] += condition
    return decoder(seen)
