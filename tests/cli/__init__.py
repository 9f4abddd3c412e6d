"""Tests of the commands. Topics beside the modules:

- ``build_recorded``: what a new commit renders again, and what it leaves
- ``late_imports``: what small journals and unchanged ones don't need isn't imported
"""
