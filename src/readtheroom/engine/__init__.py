"""Compiled rules over posts. No I/O."""
