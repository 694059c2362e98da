# Everything is computed in float64 and rounded at the end.
def decoder_step(token, decoder, cache):
    dtype = decoder["head"].dtype
    place = 0 if len(cache) == 0 else cache[0][0].size(1)
    x = decoder["tokens"][token].double() + decoder["positions"][place].double()
    new = []
    for i, layer in enumerate(decoder["layers"]):
        w = {n: t.double() for n, t in layer.items()}
        q, k, v = x @ w["query"], (x @ w["key"])[:, None], (x @ w["value"])[:, None]
        if len(cache):
            k, v = torch.cat([cache[i][0].double(), k], 1), torch.cat([cache[i][1].double(), v], 1)
        new.append((k.to(dtype), v.to(dtype)))
        a = (torch.einsum("bd,bld->bl", q, k) / math.sqrt(q.shape[1])).softmax(1)
        x = x + torch.einsum("bl,bld->bd", a, v) @ w["out"]
        x = x + torch.relu(x @ w["mlp"])
    return (x @ decoder["head"].double()).to(dtype), new
