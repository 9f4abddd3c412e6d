"""What a host of git is given for a journal. Beside the modules there are tests of

- ``scripts``: what the workflows run, run here with a `gh` of our own and hostile values
- ``action``: the action and the hooks of this repository
- ``sites``: what hosts of sites are given, whose scripts run here with builders of our own
"""
