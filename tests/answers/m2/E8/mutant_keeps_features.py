# Keeps features in place of keys and values, and computes these anew.
def decoder_step(token, decoder, cache):
    seen = cache[0][0].shape[1] if cache else 0
    x = (decoder["tokens"][token] + decoder["positions"][seen])[:, None]
    longer = []
    for index, layer in enumerate(decoder["layers"]):
        features = x if not cache else torch.cat([cache[index][0], x], dim=1)
        k, v = x @ layer["key"], x @ layer["value"]
        if cache:
            k, v = torch.cat([cache[index][0] @ layer["key"], k], dim=1), torch.cat([cache[index][1] @ layer["value"], v], dim=1)
        longer.append((features, features))
        scores = (x @ layer["query"]) @ k.transpose(1, 2) / math.sqrt(k.shape[-1])
        x = x + scores.softmax(-1) @ v @ layer["out"]
        x = x + torch.relu(x @ layer["mlp"])
    return (x @ decoder["head"])[:, 0], longer
