# Binary cross-entropy with logits, labels 1 and 0.
def skipgram_loss(center, context, negatives):
    words = torch.cat([context.unsqueeze(1), negatives], dim=1)  # (B, 1 + K, D)
    scores = torch.bmm(words, center.unsqueeze(2)).squeeze(2)
    labels = torch.zeros_like(scores)
    labels[:, 0] = 1
    return F.binary_cross_entropy_with_logits(scores, labels, reduction="none").sum(dim=1)
