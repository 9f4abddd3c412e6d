"""Bytes to documents. Beside the modules there are tests of

- ``unseen``: characters that nobody sees
"""
