# Sequence by sequence and token by token.
def sequence_nll(logits, tokens, pad_id):
    out = []
    for row, sequence in zip(logits, tokens, strict=True):
        total = logits.new_zeros(())
        for t in range(len(sequence) - 1):
            target = int(sequence[t + 1])
            if target != pad_id:
                total = total + torch.logsumexp(row[t], dim=0) - row[t, target]
        out.append(total)
    return torch.stack(out)
