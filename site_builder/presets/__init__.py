"""The pipelines that come with dealog, and beginning a journal."""
