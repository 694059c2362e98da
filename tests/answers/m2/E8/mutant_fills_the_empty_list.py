# The empty list that was passed in is filled and returned.
def decoder_step(token, decoder, cache):
    place = cache[0][0].shape[1] if cache else 0
    x = decoder["tokens"][token] + decoder["positions"][place]
    new = cache if not cache else []
    for i, layer in enumerate(decoder["layers"]):
        q, k, v = (x @ layer[n] for n in ("query", "key", "value"))
        k, v = k[:, None], v[:, None]
        if place:
            k, v = torch.cat([cache[i][0], k], 1), torch.cat([cache[i][1], v], 1)
        new.append((k, v))
        w = ((k @ q[:, :, None]).squeeze(-1) / q.shape[-1] ** 0.5).softmax(-1)
        x = x + (w[:, None] @ v).squeeze(1) @ layer["out"]
        x = x + (x @ layer["mlp"]).relu()
    return x @ decoder["head"], new
