"""A site that is served while its files change; ``served`` serves one. Beside the modules there are
tests of

- ``audience``: of the site of an audience nothing is served but what it is shown
"""
