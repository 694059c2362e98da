# Item by item in float64 NumPy, the arc by rotating in the plane of both; traverse by a list.
def slerp(z_0, z_1, t):
    import numpy as np

    result = np.zeros((len(t), *z_0.shape))
    for b in range(len(z_0)):
        p, q = (z[b].detach().double().numpy().reshape(-1) for z in (z_0, z_1))
        long_p, long_q = np.linalg.norm(p), np.linalg.norm(q)
        u, v = p / long_p, q / long_q
        if np.linalg.norm(u + v) < 1e-3:
            side, angle = None, np.pi
            for k in range(len(u)):
                e = np.eye(len(u))[k]
                e = e - (e @ u) * u
                if np.linalg.norm(e) > 0.5:
                    side = e / np.linalg.norm(e)
                    break
        else:
            rest = v - (u @ v) * u
            size = np.linalg.norm(rest)
            side, angle = (rest / size if size > 0 else np.zeros_like(u)), np.arctan2(size, u @ v)
        for k, share in enumerate(t.tolist()):
            point = np.cos(share * angle) * u + np.sin(share * angle) * side
            result[k, b] = (((1 - share) * long_p + share * long_q) * point).reshape(z_0.shape[1:])
    return torch.from_numpy(result).to(z_0.dtype)


def traverse(z, dim, values):
    return torch.stack([torch.cat([z[:, :dim], value.expand(len(z), 1), z[:, dim + 1 :]], dim=1) for value in values])
