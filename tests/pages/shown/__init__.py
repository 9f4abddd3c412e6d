"""What an audience is shown. Beside the modules there are tests of

- ``answers``: what each page says first, and how sums say what they cover
"""
