def floor(u):
    return np.floor(plain(u))
