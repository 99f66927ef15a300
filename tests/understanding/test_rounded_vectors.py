"""Vectors in eight bits lie where the whole ones lie, whatever comes with them and whatever computes them."""

from __future__ import annotations

import numpy as np
import pytest

from understanding.onnx_graph import Floats, rounded
from understanding.rounded_vectors import RoundedVectors

WIDTH = 384


def unit_vectors(count: int, seed: int) -> Floats:
    rows = np.random.default_rng(seed).standard_normal((count, WIDTH)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_products_come_near_those_of_whole_numbers() -> None:
    held, others = unit_vectors(500, 1), unit_vectors(20, 2)
    assert np.abs(RoundedVectors.of(held).products(others) - others @ held.T).max() < 0.01


def test_the_vectors_can_be_had_in_32_bits_again() -> None:
    held = unit_vectors(50, 3)
    again = RoundedVectors.of(held).numbers()
    assert again.dtype == np.float32
    assert np.abs(again - held).max() < np.abs(held).max() / 63


def test_a_vector_hears_nothing_of_those_that_come_with_it() -> None:
    held = RoundedVectors.of(unit_vectors(100, 4))
    others = unit_vectors(5, 5)
    others[3] *= 1000
    alone = np.concatenate([held.products(others[row : row + 1]) for row in range(5)])
    assert np.array_equal(held.products(others), alone)


def test_the_largest_numbers_do_not_overflow() -> None:
    """Where processors add two products in sixteen bits, more than 63 steps would."""
    full = np.ones((3, WIDTH), dtype=np.float32)
    signs = np.where(np.arange(WIDTH) % 2, 1, -1).astype(np.float32)[None]
    held = RoundedVectors.of(np.concatenate([full, -full, signs]))
    assert held.products(full[:1])[0] == pytest.approx([WIDTH] * 3 + [-WIDTH] * 3 + [0], abs=1e-3)
    steps, _ = rounded(full)
    assert 2 * 255 * int(steps.max()) < 2**15


def test_nothing_is_near_nothing() -> None:
    held = RoundedVectors.of(unit_vectors(10, 6))
    assert held.products(np.zeros((0, WIDTH), dtype=np.float32)).shape == (0, 10)
    assert np.array_equal(held.products(np.zeros((2, WIDTH), dtype=np.float32)), np.zeros((2, 10)))
    assert RoundedVectors.of(np.zeros((2, WIDTH), dtype=np.float32)).products(unit_vectors(1, 7)).tolist() == [[0, 0]]
