# Item by item.
def conditional_vae(x, condition, noise, encoder, decoder):
    outs, means, log_vars = [], [], []
    for b in range(x.shape[0]):
        code = encoder(torch.cat([x[b : b + 1], condition[b : b + 1]], dim=1))
        m, s = code.split(noise.shape[1], dim=1)
        z = m + torch.exp(s / 2) * noise[b : b + 1]
        outs.append(decoder(torch.cat([z, condition[b : b + 1]], dim=1)))
        means.append(m)
        log_vars.append(s)
    return torch.cat(outs), torch.cat(means), torch.cat(log_vars)


def conditional_draw(condition, noise, decoder):
    return torch.cat([decoder(torch.cat([noise[b : b + 1], condition[b : b + 1]], dim=1)) for b in range(len(noise))])
