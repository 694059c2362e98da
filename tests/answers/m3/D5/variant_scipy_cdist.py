# Costs by SciPy, and a mask over the permutation matrix; straightness by einsum.
from scipy.spatial.distance import cdist


def ot_pairing(x_0, x_1):
    cost = cdist(x_0.detach().double().flatten(1).numpy(), x_1.detach().double().flatten(1).numpy(), "sqeuclidean")
    rows, columns = linear_sum_assignment(cost)
    matrix = torch.zeros(len(x_0), len(x_0))
    matrix[rows, columns] = 1
    return matrix.argmax(dim=1)


def straightness(path, velocity):
    n = path.size(0) - 1
    e = torch.stack([velocity(path[k], path.new_full((path.size(1),), k / n)) for k in range(n)]) - (path[-1:] - path[:1])
    e = e.reshape(n * path.size(1), -1)
    return torch.einsum("nd,nd->n", e, e).mean()
