"""CSV files: bytes to rows of cells, and what cells can mean."""
