# Every layer reads the first layer's cache.
def decoder_step(token, decoder, cache):
    seen = cache[0][0].shape[1] if cache else 0
    x = (decoder["tokens"][token] + decoder["positions"][seen])[:, None]
    longer = []
    for layer in decoder["layers"]:
        k, v = x @ layer["key"], x @ layer["value"]
        if cache:
            k, v = torch.cat([cache[0][0], k], dim=1), torch.cat([cache[0][1], v], dim=1)
        longer.append((k, v))
        scores = (x @ layer["query"]) @ k.transpose(1, 2) / math.sqrt(k.shape[-1])
        x = x + scores.softmax(-1) @ v @ layer["out"]
        x = x + torch.relu(x @ layer["mlp"])
    return (x @ decoder["head"])[:, 0], longer
