"""Facts about journals. Beside the modules there are tests of

- ``recomputed``: that each page of facts has its figures recomputed from raw files
"""
