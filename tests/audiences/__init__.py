"""What audiences are shown. Beside the modules there are tests of

- ``canaries``: what is not listed stands in no byte and no name of a site
- ``differences``: what is not shown changes no byte of a site
"""
