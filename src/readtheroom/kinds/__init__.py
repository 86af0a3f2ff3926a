"""Rule kinds, one file each; see `protocols.Kind`."""
