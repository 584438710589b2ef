"""Material for the demo: real photographs, clips and texts made on the spot, and what is true of them."""

from __future__ import annotations

from config.demo.material.making import Material, make

__all__ = ["Material", "make"]
