"""Tests of the commands. Topics beside the modules:

- ``late_imports``: what small journals and unchanged ones don't need isn't imported
"""
