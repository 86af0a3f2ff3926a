"""Policy: schema, loading, packs, overrides."""
