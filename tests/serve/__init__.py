"""A site that is served while its files change; ``served`` serves one."""
