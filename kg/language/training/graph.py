"""The network written out as ONNX graphs, with the big matrices kept in one of several precisions."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Precision = Literal["float", "stored", "dynamic", "rows"]
"""How a matrix is kept and multiplied: `float` 32 bits; `stored` 8 bits, multiplied in 32; `dynamic` 7 bits,
multiplied as integers with one scale for all its input; `rows` the same with a scale for each row of its input."""

Array = npt.NDArray[Any]
MICROSOFT: Final = "com.microsoft"
_OPSET: Final = 20
_LEVELS: Final = 63
"""Of 7 bits: with 8, the sums of pairs that AVX2 makes in 16 bits overflow and are cut, which costs more."""


class Graph:
    """Collects nodes and weights; every method that adds a node gives the name of what it puts out."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []

    def take(self, name: str, kind: int, shape: Sequence[str | int]) -> str:
        """Declare an input."""
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def give(self, value: str, name: str, kind: int, shape: Sequence[str | int]) -> None:
        """Declare `value` as the output `name`."""
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def hold(self, array: Array | np.generic) -> str:
        """Add a constant."""
        name = f"w{len(self._weights)}"
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any) -> str:  # noqa: ANN401
        """Add a node with one output or, joined by spaces, several."""
        names = [f"v{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), names, domain=domain, **attributes))
        return " ".join(names)

    def multiply(self, value: str, matrix: Array, bias: Array | None, precision: Precision) -> str:
        """Multiply rows by a (inputs, outputs) matrix and add a bias."""
        if precision == "float":
            product = self.add("MatMul", value, self.hold(matrix))
        elif precision == "stored":
            quantised, scales = quantise_columns(matrix, 127)
            whole = self.add("Cast", self.hold(quantised), to=TensorProto.FLOAT)
            product = self.add("MatMul", value, self.add("Mul", whole, self.hold(scales)))
        elif precision == "dynamic":
            product = self._multiply_dynamic(value, matrix)
        else:
            product = self._multiply_rows(value, matrix)
        return product if bias is None else self.add("Add", product, self.hold(bias))

    def look_up(self, numbers: str, table: Array) -> str:
        """Take rows of a table that is kept in 8 bits with a scale for each row."""
        quantised, scales = quantise_columns(table.T, 127)
        rows = self.add("Cast", self.add("Gather", self.hold(quantised.T), numbers), to=TensorProto.FLOAT)
        return self.add("Mul", rows, self.add("Gather", self.hold(scales[:, None]), numbers))

    def build(self) -> onnx.ModelProto:
        """Make the model of all that was added."""
        graph = helper.make_graph(self._nodes, "kg", self._inputs, self._outputs, self._weights)
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)],
            ir_version=9,
            producer_name="kg.language.training",
        )
        onnx.checker.check_model(model)
        return model

    def _multiply_dynamic(self, value: str, matrix: Array) -> str:
        quantised, scales = quantise_columns(matrix, _LEVELS)
        rows, scale, zero = self.add("DynamicQuantizeLinear", value, outputs=3).split()
        product = self.add("MatMulInteger", rows, self.hold(quantised), zero, self.hold(np.int8(0)))
        factor = self.add("Mul", scale, self.hold(scales))
        return self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), factor)

    def _multiply_rows(self, value: str, matrix: Array) -> str:
        quantised, scales = quantise_columns(matrix, _LEVELS)
        largest = self.add("ReduceMax", self.add("Abs", value), self.hold(np.array([1])), keepdims=1)
        factor = self.add("Div", self.hold(np.float32(127)), largest)
        shifted = self.add("Add", self.add("Mul", value, factor), self.hold(np.float32(128.5)))
        rows = self.add("Cast", shifted, to=TensorProto.UINT8)
        product = self.add("MatMulInteger", rows, self.hold(quantised), self.hold(np.uint8(128)), self.hold(np.int8(0)))
        whole = self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), self.hold(scales))
        return self.add("Div", whole, factor)


def quantise_columns(matrix: Array, levels: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Quantise each column of a matrix to 8 bits around 0: the numbers, and the scale of each column."""
    scales = (np.maximum(np.abs(matrix).max(axis=0), 1e-9) / levels).astype(np.float32)
    return np.rint(matrix / scales).clip(-levels, levels).astype(np.int8), scales
