# All rows in one backward pass, by is_grads_batched.
def pushforward_log_prob(x: Tensor, inverse, base_log_prob) -> Tensor:
    x = x if x.requires_grad else x.detach().clone().requires_grad_()
    z = inverse(x)
    items, size = x.shape[0], x[0].numel()
    seeds = torch.eye(size, dtype=z.dtype, device=z.device)[:, None].expand(size, items, size).reshape(size, *z.shape)
    (rows,) = torch.autograd.grad(z, x, seeds, create_graph=True, is_grads_batched=True)
    return base_log_prob(z) + torch.linalg.slogdet(rows.reshape(size, items, size).movedim(0, 1)).logabsdet
