# Read off a grid of the density, as a tensor.
mode_grid = torch.linspace(0.01, 5, 5_000)
mode_x = mode_grid[(-0.5 * mode_grid.log() ** 2 - mode_grid.log()).argmax()]
