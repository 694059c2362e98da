# torch's attention with one query, and the cache padded with an empty beginning.
def decoder_step(token, decoder, cache):
    size = decoder["positions"].shape[1]
    if not cache:
        nothing = decoder["positions"].new_zeros(len(token), 0, size)
        cache = [(nothing, nothing)] * len(decoder["layers"])
    x = F.embedding(token[:, None], decoder["tokens"]) + decoder["positions"][cache[0][0].size(1)]
    new = []
    for layer, (keys, values) in zip(decoder["layers"], cache, strict=True):
        keys = torch.cat((keys, x.matmul(layer["key"])), 1)
        values = torch.cat((values, x.matmul(layer["value"])), 1)
        x = x + F.scaled_dot_product_attention(x @ layer["query"], keys, values) @ layer["out"]
        x = x + F.relu(x @ layer["mlp"])
        new.append([keys, values])
    return x.squeeze(1) @ decoder["head"], new
