"""A site that is looked at while its files change, and whose forms change them: watching, serving,
reloading, doing what a form says."""
