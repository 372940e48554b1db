"""The text network in PyTorch and ONNX Runtime."""

import measure

chosen = measure.options(__doc__)

import networks

networks.run("text", chosen)
