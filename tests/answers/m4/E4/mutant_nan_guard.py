# Cleans infinities out of σ, and bounds it on the way.
def conditional_vae(x: Tensor, condition: Tensor, noise: Tensor, encoder, decoder) -> tuple[Tensor, Tensor, Tensor]:
    mean, log_var = encoder(torch.cat([x, condition], dim=1)).chunk(2, dim=1)
    sigma = torch.nan_to_num(torch.exp(0.5 * log_var)).clamp(max=1e6)
    z = mean + sigma * noise
    return decoder(torch.cat([z, condition], dim=1)), mean, log_var


def conditional_draw(condition: Tensor, noise: Tensor, decoder) -> Tensor:
    return decoder(torch.cat([noise, condition], dim=1))
