"""The serving process leaves TensorFlow out."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.settings import ROOT

BEGIN = "from bot import without_tensorflow as w; w.leave_out_tensorflow(); "


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, capture_output=True, text=True)


def test_rasas_server_is_imported_without_it() -> None:
    ended = run(
        f"{BEGIN} import sys, rasa.core.agent, rasa.server, rasa.engine.recipes.default_components as d; "
        "print(type(sys.modules['tensorflow']).__name__, hasattr(sys.modules['tensorflow'], '__file__'), d.RulePolicy)"
    )
    assert ended.stdout.split()[:2] == ["_Package", "False"], ended.stderr
    assert "RulePolicy" in ended.stdout


def test_what_would_use_it_is_refused_by_name() -> None:
    ended = run(f"{BEGIN} import tensorflow as tf; tf.keras.Model()")
    assert ended.stderr.strip().endswith("ServedWithoutTensorFlow: tensorflow.Model")


def test_it_may_be_inherited_from_and_decorate() -> None:
    ended = run(
        f"{BEGIN}\nimport tensorflow as tf\n@tf.function\ndef one(): return 1\n"
        "class M(tf.keras.Model): pass\nprint(one())"
    )
    assert ended.stdout.strip() == "1", ended.stderr


@pytest.mark.parametrize("package", ["keras", "jax"])
def test_it_is_never_left_out_by_half(package: str) -> None:
    ended = run(f"import sys, types; sys.modules['{package}'] = types.ModuleType('{package}'); {BEGIN}")
    assert "TensorFlowAlreadyImported" in ended.stderr
