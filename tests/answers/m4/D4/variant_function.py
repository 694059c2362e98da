# Straight through by an autograd function of its own.
class Nearest(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z_e, codebook):
        indices = ((z_e.unsqueeze(1) - codebook.unsqueeze(0)) ** 2).sum(-1).argmin(1)
        ctx.mark_non_differentiable(indices)
        return codebook[indices], indices

    @staticmethod
    def backward(ctx, grad, _):
        return grad, None


def vector_quantize(z_e, codebook, commitment=0.25):
    z_q, indices = Nearest.apply(z_e, codebook)
    code = codebook.index_select(0, indices)
    loss = ((code - z_e.detach()) ** 2 + commitment * (z_e - code.detach()) ** 2).mean()
    _, counts = indices.unique(return_counts=True)
    share = counts.to(z_e.dtype) / counts.sum()
    return z_q, loss, indices, torch.exp((-share * share.log()).sum())
