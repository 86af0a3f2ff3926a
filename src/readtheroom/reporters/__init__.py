"""Output formats, one file each; see `protocols.Reporter`."""
