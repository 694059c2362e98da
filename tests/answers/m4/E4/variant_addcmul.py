# A helper decodes for both functions; addcmul draws; the results are a list.
def _decode(z, condition, decoder):
    return decoder(torch.cat((z, condition), -1))


def conditional_vae(x, condition, noise, encoder, decoder, scale=1.0):
    mean, log_var = torch.tensor_split(encoder(torch.cat((x, condition), -1)), 2, dim=-1)
    z = torch.addcmul(mean, (log_var / 2).exp(), scale * noise)
    return [_decode(z, condition, decoder), mean, log_var]


def conditional_draw(condition, noise, decoder, scale=1.0):
    return _decode(scale * noise, condition, decoder)
