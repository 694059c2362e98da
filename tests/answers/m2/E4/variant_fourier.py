# By the Fourier transform, padded: what should be zero is so up to rounding.
def causal_conv(x, weight, bias, dilation):
    length, reach = x.shape[2], (weight.shape[2] - 1) * dilation
    kernel = weight.new_zeros(*weight.shape[:2], reach + 1)
    kernel[:, :, ::dilation] = weight.flip(2)
    size = length + reach + 1
    product = torch.einsum("bcf,ocf->bof", torch.fft.rfft(x, size), torch.fft.rfft(kernel, size))
    return torch.fft.irfft(product, size)[:, :, :length] + bias[:, None]


def causal_step(x_t, past, weight, bias, dilation):
    seen = torch.cat([past, x_t[:, :, None]], dim=2)
    y_t = torch.tensordot(seen[:, :, ::dilation], weight, dims=([1, 2], [1, 2])) + bias
    return y_t, seen.narrow(2, 1, past.shape[2])
