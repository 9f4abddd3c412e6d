"""What looks like a note and is none. Beside the modules there are tests of

- ``undated_notes``: notes of which nothing tells the day
"""
