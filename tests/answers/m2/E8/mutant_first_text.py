# All texts read the first text's cache.
def decoder_step(token, decoder, cache):
    seen = cache[0][0].shape[1] if cache else 0
    x = (decoder["tokens"][token] + decoder["positions"][seen])[:, None]
    longer = []
    for index, layer in enumerate(decoder["layers"]):
        k, v = x @ layer["key"], x @ layer["value"]
        if cache:
            k, v = torch.cat([cache[index][0][:1].expand(len(k), -1, -1), k], dim=1), torch.cat([cache[index][1], v], dim=1)
        longer.append((k, v))
        scores = (x @ layer["query"]) @ k.transpose(1, 2) / math.sqrt(k.shape[-1])
        x = x + scores.softmax(-1) @ v @ layer["out"]
        x = x + torch.relu(x @ layer["mlp"])
    return (x @ decoder["head"])[:, 0], longer
