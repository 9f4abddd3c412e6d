"""Two journals compared, before a change and after it: what it does, and where to look twice."""
