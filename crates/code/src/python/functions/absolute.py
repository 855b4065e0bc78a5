def absolute(H):
    """|H|: the eigenvectors of H, and its eigenvalues without their signs."""
    values, vectors = np.linalg.eigh(H)
    return vectors @ np.diag(abs(values)) @ vectors.T
