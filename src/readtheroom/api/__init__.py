"""Files + policy + room -> results: what the front doors call."""
