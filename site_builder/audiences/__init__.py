"""The part of a journal that an audience is shown, made before anything is worked out or shown."""
