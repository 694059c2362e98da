# Waiting times: log-probabilities minus log of exponential times; one-hot by scatter.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    waiting = -torch.log(u)
    scores = (torch.log_softmax(logits, -1) - waiting.log()) / temperature
    y = (scores - scores.logsumexp(-1, keepdim=True)).exp()
    if hard:
        winner = scores.argmax(-1, keepdim=True)
        y_hard = torch.zeros_like(y).scatter_(-1, winner, 1.0)
        y = y_hard - y.detach() + y
    return y
