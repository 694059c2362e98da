# The winner's place written into zeros, from the soft result, as in much published code.
def gumbel_softmax(logits, u, temperature, hard=False):
    gumbels = -torch.empty_like(u).copy_(-u.log()).log()
    y_soft = ((logits + gumbels) / temperature).softmax(dim=-1)
    if not hard:
        return y_soft
    index = y_soft.max(dim=-1, keepdim=True)[1]
    y_hard = torch.zeros_like(logits).scatter_(-1, index, 1.0)
    return y_hard - y_soft.detach() + y_soft
