"""The query language, by one table of cases for all who implement it."""
