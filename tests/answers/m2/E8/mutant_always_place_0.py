# Every token stands at place 0.
def decoder_step(token, decoder, cache):
    x = (decoder["tokens"][token] + decoder["positions"][0])[:, None]
    longer = []
    for index, layer in enumerate(decoder["layers"]):
        k, v = x @ layer["key"], x @ layer["value"]
        if cache:
            k, v = torch.cat([cache[index][0], k], dim=1), torch.cat([cache[index][1], v], dim=1)
        longer.append((k, v))
        scores = (x @ layer["query"]) @ k.transpose(1, 2) / math.sqrt(k.shape[-1])
        x = x + scores.softmax(-1) @ v @ layer["out"]
        x = x + torch.relu(x @ layer["mlp"])
    return (x @ decoder["head"])[:, 0], longer
