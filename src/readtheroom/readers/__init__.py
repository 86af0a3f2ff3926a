"""Draft formats, one file each; see `protocols.Reader`."""
