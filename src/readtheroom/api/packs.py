"""What packs and kinds have to say of themselves: proofs and documentation."""

from __future__ import annotations
