# Vectors without an axis for the token, einsum, tuples.
def decoder_step(token, decoder, cache):
    place = 0 if len(cache) == 0 else cache[0][1].shape[1]
    x = decoder["tokens"].index_select(0, token) + decoder["positions"][place]
    made = []
    for i in range(len(decoder["layers"])):
        w = decoder["layers"][i]
        q, k, v = (x @ w[name] for name in ("query", "key", "value"))
        old_k, old_v = cache[i] if cache else (k[:, None][:, :0], v[:, None][:, :0])
        keys, values = torch.cat([old_k, k.unsqueeze(1)], 1), torch.cat([old_v, v.unsqueeze(1)], 1)
        weights = torch.softmax(torch.einsum("bd,bld->bl", q, keys) / q.shape[1] ** 0.5, dim=1)
        x = x + torch.einsum("bl,bld->bd", weights, values) @ w["out"]
        x = x + (x @ w["mlp"]).clamp(min=0)
        made.append((keys, values))
    return x @ decoder["head"], tuple(made)
