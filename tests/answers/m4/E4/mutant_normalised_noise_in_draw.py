# Centres the noise over the batch, in drawing alone.
def conditional_vae(x: Tensor, condition: Tensor, noise: Tensor, encoder, decoder) -> tuple[Tensor, Tensor, Tensor]:
    mean, log_var = encoder(torch.cat([x, condition], dim=1)).chunk(2, dim=1)
    z = mean + torch.exp(0.5 * log_var) * noise
    return decoder(torch.cat([z, condition], dim=1)), mean, log_var


def conditional_draw(condition: Tensor, noise: Tensor, decoder) -> Tensor:
    return decoder(torch.cat([noise - noise.mean(dim=0), condition], dim=1))
