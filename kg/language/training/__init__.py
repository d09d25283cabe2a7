"""The recipe of the shipped English pipeline: reads the sets, trains the network, exports it for onnxruntime."""
