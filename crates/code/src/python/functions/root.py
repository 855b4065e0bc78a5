def root(H):
    """The symmetric root of H, which has no negative eigenvalues."""
    values, vectors = np.linalg.eigh(H)
    return vectors @ np.diag(np.sqrt(np.maximum(values, 0))) @ vectors.T
