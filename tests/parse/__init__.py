"""Documents to deals and contacts. Beside the modules there are tests of

- ``parse``: whole files, from their text to what is made and told of them
- ``one_problem``: slips of a line, each of which is told once, with its place and what to type
- ``doubtful_values``: values that are legal, and surely a slip
- ``quoted_dates``: dates in quotes, and what to type
"""
