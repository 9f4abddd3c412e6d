"""The pages that an audience is shown: what is listed for it, in words, and nothing else."""
