"""The query language, by one table of cases for all who implement it. Topics beside the modules:

- ``scripted``: the site's script, held to the same cases and to the terminal's answers
"""
