"""One page a file: pure functions of a journal and a day to what its template shows."""
