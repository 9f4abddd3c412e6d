"""Documents to deals and contacts. Beside the modules there are tests of

- ``doubtful_values``: values that are legal, and surely a slip
- ``quoted_dates``: dates in quotes, and what to type
"""
