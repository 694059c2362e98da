# Text by text.
def one_text(token, decoder, cache):
    place = len(cache[0][0]) if cache else 0
    x, made = decoder["tokens"][token] + decoder["positions"][place], []
    for i, w in enumerate(decoder["layers"]):
        k, v = (x @ w["key"])[None], (x @ w["value"])[None]
        if cache:
            k, v = torch.vstack([cache[i][0], k]), torch.vstack([cache[i][1], v])
        a = torch.softmax(k @ (x @ w["query"]) / math.sqrt(len(x)), 0)
        x = x + (a @ v) @ w["out"]
        x = x + torch.relu(x @ w["mlp"])
        made.append((k, v))
    return x @ decoder["head"], made


def decoder_step(token, decoder, cache):
    results = [one_text(token[b], decoder, [(k[b], v[b]) for k, v in cache]) for b in range(len(token))]
    layers = range(len(decoder["layers"]))
    longer = [(torch.stack([made[i][0] for _, made in results]), torch.stack([made[i][1] for _, made in results])) for i in layers]
    return torch.stack([logits for logits, _ in results]), longer
