def is_positive_definite(H):
    return H[0, 0] > 0 and H[0, 0]*H[1, 1] > H[0, 1]*H[1, 0]
