# Row by row, with Python lists and sums.
def _one(row, temperature, top_k, top_p):
    values = [float(value) for value in row]
    largest = max(values)
    if temperature == 0:
        weights = [1.0 if value == largest else 0.0 for value in values]
    else:
        weights = [math.exp((value - largest) / temperature) for value in values]
    order = sorted(range(len(weights)), key=lambda i: -weights[i])
    if top_k is not None:
        order = order[:top_k]
    if top_p is not None:
        total, needed, kept = sum(weights[i] for i in order), 0.0, []
        for i in order:
            kept.append(i)
            needed += weights[i]
            if needed >= top_p * total:
                break
        order = kept
    total = sum(weights[i] for i in order)
    return [weights[i] / total if i in order else 0.0 for i in range(len(weights))]


def next_probs(logits, temperature=1.0, top_k=None, top_p=None):
    rows = [_one(row, temperature, top_k, top_p) for row in logits.reshape(-1, logits.shape[-1])]
    return torch.tensor(rows, dtype=logits.dtype).reshape(logits.shape)


def draw_token(probs, u):
    tokens = []
    for row, number in zip(probs.reshape(-1, probs.shape[-1]), u.reshape(-1), strict=True):
        total, token = torch.zeros((), dtype=probs.dtype), 0
        for i, p in enumerate(row):
            if p > 0:
                token = i
                total = total + p
                if total > number:
                    break
        tokens.append(token)
    return torch.tensor(tokens, dtype=torch.int64).reshape(u.shape)
