# The largest of each item's weights subtracted by hand.
def iwae_bound(log_w):
    largest = log_w.max(dim=0, keepdim=True).values.detach()
    return largest[0] + torch.log(torch.exp(log_w - largest).mean(dim=0))
