"""Tests of the commands. Topics beside the modules:

- ``build_recorded``: what a new commit renders again, and what it leaves
- ``kept_lessons``: what the forecast's commands keep between runs, and never trust without a look
- ``late_imports``: what small journals and unchanged ones don't need isn't imported
- ``nothing_later``: a journal that is cut at a day and the whole one as of that day are told alike
"""
