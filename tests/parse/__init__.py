"""Documents to deals and contacts. Beside the modules there are tests of

- ``parse``: whole files, from their text to what is made and told of them
- ``doubtful_values``: values that are legal, and surely a slip
- ``quoted_dates``: dates in quotes, and what to type
"""
