# The error is measured by rebuilding; a Python number; the basis is turned.
def best_linear_code(x, k):
    mean = x.mean(dim=0)
    centred = x - mean
    v = torch.linalg.svd(centred, full_matrices=True).Vh[:k].T
    turn = torch.linalg.qr(torch.arange(1.0, k * k + 1, dtype=x.dtype).reshape(k, k) + torch.eye(k, dtype=x.dtype))[0]
    basis = -v @ turn
    return mean, basis, float((centred - centred @ basis @ basis.T).square().mean())
