"""What a host of git is given for a journal: workflows, and the forms of those without git."""
