def sign(u):
    return np.sign(plain(u))
