"""What editors are told: JSON Schemas, snippets, types of properties. Beside the modules there are
tests of

- ``verdicts``: schemas that judge as `check` does
"""
