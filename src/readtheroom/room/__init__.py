"""From sources to one immutable `Room`."""
