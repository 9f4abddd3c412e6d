"""pipeline.yml to a schema: pipelines, stages, team, rules."""
