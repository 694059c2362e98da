# torch's attention with is_causal=True for a single query, which then sees the first token alone.
def decoder_step(token, decoder, cache):
    seen = cache[0][0].shape[1] if cache else 0
    x = (decoder["tokens"][token] + decoder["positions"][seen])[:, None]
    longer = []
    for index, layer in enumerate(decoder["layers"]):
        k, v = x @ layer["key"], x @ layer["value"]
        if cache:
            k, v = torch.cat([cache[index][0], k], dim=1), torch.cat([cache[index][1], v], dim=1)
        longer.append((k, v))
        x = x + F.scaled_dot_product_attention(x @ layer["query"], k, v, is_causal=True) @ layer["out"]
        x = x + torch.relu(x @ layer["mlp"])
    return (x @ decoder["head"])[:, 0], longer
