"""Two journals compared. Beside the modules there are tests of

- ``pull_request``: a year of history, and what is said of a change with all that there can be
- ``recomputed``: what is said of random changes, worked out once more from the raw files
"""
