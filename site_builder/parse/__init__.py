"""Documents to deals and contacts, every reference checked."""
