def first_trial(slope, fallen):
    """scipy's first trial, by how much f has fallen at the last step."""
    a = 2.02*fallen/slope
    return a if 0 < a < 1 else 1.0
