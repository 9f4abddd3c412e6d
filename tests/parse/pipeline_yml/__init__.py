"""pipeline.yml. Beside the modules there are tests of

- ``old_stages``: ids that stages had before, and stages that are retired
"""
