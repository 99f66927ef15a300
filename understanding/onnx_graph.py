"""Graphs written in memory and computed by ONNX Runtime, each call on the caller's own core.

Products with large tables are made of whole numbers of eight bits, as today's processors do them fastest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
WholeNumbers = NDArray[np.int8]

# What is held is rounded to 63 steps on either side of nothing, a bit less than there is room for: processors without
# instructions for such products add two of them in sixteen bits, which would overflow, and say something else.
_HELD_STEPS = np.float32(63)
# What comes is rounded to 127 steps on either side of 128.
_GIVEN_STEP, _NOTHING = np.float32(1 / 127), np.uint8(128)
_LEAST = np.float32(1e-9)
_OPERATORS, _OWN_OPERATORS, _OWN = 20, 1, "com.microsoft"
_FORM = 9
_ERRORS_ONLY = 3


def rounded(rows: Floats) -> tuple[WholeNumbers, Floats]:
    """Rows as whole numbers from -63 to 63, and the factor of each row that makes them its numbers again."""
    factors = np.maximum(np.abs(rows).max(axis=1, initial=0), _LEAST) / _HELD_STEPS
    return np.round(rows / factors[:, None]).astype(np.int8), factors.astype(np.float32)


@dataclass
class Graph:
    """What is computed from what. Every value has a name."""

    nodes: list[NodeProto] = field(default_factory=list)
    held: dict[str, TensorProto] = field(default_factory=dict)

    def hold(self, name: str, value: Any) -> str:
        """Numbers that do not change."""
        self.held[name] = numpy_helper.from_array(np.asarray(value, order="C"), name)
        return name

    def say(self, kind: str, given: Sequence[str], name: str, **about: Any) -> str:
        """One operation on what is given; its result has that name."""
        self.nodes.append(helper.make_node(kind, list(given), [name], **about))
        return name

    def parts(self, state: str, names: Sequence[str], widths: Sequence[int]) -> list[str]:
        """A state cut into columns that stood side by side."""
        sizes = self.hold(f"widths of {state}", np.array(widths))
        self.nodes.append(helper.make_node("Split", [state, sizes], list(names), axis=-1))
        return list(names)

    def products(self, state: str, rows: WholeNumbers, factors: Floats, name: str) -> str:
        """The product of each row of the state with each of `rows` times its factor: (state's rows, rows).

        A row of the state is rounded by its own largest number, so that no row depends on those that come with it.
        """
        one, nothing = self.hold("one", np.float32(1)), self.hold("nothing", _NOTHING)
        across, steps = self.hold("across", np.array([-1])), self.hold("a step", _GIVEN_STEP)
        largest = self.say("ReduceMax", [self.say("Abs", [state], f"{name} sizes"), across], f"{name} largest")
        step = self.say("Max", [self.say("Mul", [largest, steps], f"{name} steps"), self.hold("least", _LEAST)],
                        f"{name} step")  # fmt: skip
        whole = self.say("QuantizeLinear", [self.say("Div", [state, step], f"{name} in steps"), one, nothing],
                         f"{name} whole")  # fmt: skip
        table, measure = self.hold(f"{name} table", rows.T), self.hold(f"{name} factors", factors)
        found = self.say("MatMulIntegerToFloat", [whole, table, one, measure, nothing], f"{name} of steps", domain=_OWN)
        return self.say("Mul", [found, step], f"{name} found")

    def session(self, given: Mapping[str, Sequence[str | int]], found: Sequence[str]) -> onnxruntime.InferenceSession:
        """The graph ready to be run, from several threads at once. All that is given and found are 32-bit numbers."""
        shapes = [helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape)) for name, shape in given.items()]
        ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", "columns"]) for name in found]
        graph = helper.make_graph(self.nodes, "graph", shapes, ends, list(self.held.values()))
        operators = [helper.make_opsetid("", _OPERATORS), helper.make_opsetid(_OWN, _OWN_OPERATORS)]
        written = helper.make_model(graph, opset_imports=operators, ir_version=_FORM).SerializeToString()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        return onnxruntime.InferenceSession(written, options, providers=["CPUExecutionProvider"])
