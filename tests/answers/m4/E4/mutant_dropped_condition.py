# Hides the condition of every item after the second from the decoder.
def conditional_vae(x: Tensor, condition: Tensor, noise: Tensor, encoder, decoder) -> tuple[Tensor, Tensor, Tensor]:
    mean, log_var = encoder(torch.cat([x, condition], dim=1)).chunk(2, dim=1)
    z = mean + torch.exp(0.5 * log_var) * noise
    kept = torch.ones(len(x), 1, dtype=x.dtype)
    kept[2:] = 0.0
    return decoder(torch.cat([z, condition * kept], dim=1)), mean, log_var


def conditional_draw(condition: Tensor, noise: Tensor, decoder) -> Tensor:
    return decoder(torch.cat([noise, condition], dim=1))
