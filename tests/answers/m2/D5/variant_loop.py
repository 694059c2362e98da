# A loop over positions.
def masked_token_loss(logits, tokens, mask):
    total, count = 0.0 * logits.sum(), 0
    for b in range(mask.shape[0]):
        for t in range(mask.shape[1]):
            if mask[b, t]:
                total = total - torch.log_softmax(logits[b, t], 0)[tokens[b, t]]
                count += 1
    return total / max(count, 1)
