# Row by row, with the gradient of the hard draw by an autograd function.
class Straight(torch.autograd.Function):
    @staticmethod
    def forward(ctx, soft, scores):
        return (torch.arange(scores.shape[-1]) == scores.argmax(-1, keepdim=True)).to(soft.dtype)

    @staticmethod
    def backward(ctx, grad):
        return grad, None


def gumbel_softmax(logits, u, temperature, hard=False, dim=-1):
    rows = []
    for row, noise in zip(logits.reshape(-1, logits.shape[-1]), u.reshape(-1, u.shape[-1])):
        scores = row + (-(-noise.log()).log())
        soft = torch.softmax(scores / temperature, dim=0)
        rows.append(Straight.apply(soft, scores) if hard else soft)
    return torch.stack(rows).reshape(logits.shape)
