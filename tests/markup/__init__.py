"""Markdown and figures. Beside the modules there are tests of

- ``effort``: no note takes long, whatever is in it
"""
