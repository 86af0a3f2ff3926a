"""Where the room is learnt from, one file each; see `protocols.Source`."""
