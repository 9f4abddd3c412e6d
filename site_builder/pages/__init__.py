"""One page a file: a journal and a day to what its template shows."""
