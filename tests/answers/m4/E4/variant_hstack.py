# Right: hstack, and slices by the width of the noise.
def conditional_vae(x: Tensor, condition: Tensor, noise: Tensor, encoder, decoder) -> tuple[Tensor, Tensor, Tensor]:
    code = encoder(torch.hstack((x, condition)))
    mean, log_var = code[:, : noise.shape[1]], code[:, noise.shape[1] :]
    z = mean + torch.exp(0.5 * log_var) * noise
    return decoder(torch.cat([z, condition], dim=1)), mean, log_var


def conditional_draw(condition: Tensor, noise: Tensor, decoder) -> Tensor:
    return decoder(torch.cat([noise, condition], dim=1))
