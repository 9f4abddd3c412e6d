"""Two journals compared. Beside the modules there are tests of

- ``recomputed``: what is said of random changes, worked out once more from the raw files
"""
