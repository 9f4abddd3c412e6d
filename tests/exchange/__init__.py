"""Imports. Beside the modules there are tests of

- ``properties``: what must hold of any CSV whatever
- ``runs``: the committed maps against real exports
"""
