"""Real Argos packages with tiny models of the project's own making, built in seconds and kept nowhere.

The model is a real CTranslate2 transformer of one encoder and one decoder layer whose weights are written down, not
learnt. A vector has three blocks: the token (one of V), its place (one of PLACES), and the token to say (one of V).
Attention from the decoder to the encoder goes by place alone; what is found there is the token that the word list
gives for it. So the model says, word for word, what stands in the list, and copies every other piece.
The pieces come from a real SentencePiece model trained on the list itself: each word of it is one piece, everything
else is spelt in letters. `build` writes the folder and the .argosmodel file as the index has them.

It shows that the machinery works. It says nothing about the quality of any translation.
"""

from __future__ import annotations

import io
import json
import string
import zipfile
from collections.abc import Mapping
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece
from numpy.typing import NDArray

PLACES = 300

POLISH = {
    "szef": "boss", "zabrał": "took", "mój": "my", "paszport": "passport", "nie": "not", "płaci": "pays", "mi": "me",
    "pracuję": "work", "godzin": "hours", "dziennie": "daily", "proszę": "please", "odpowiedz": "answer",
    "jesteśmy": "we", "tutaj": "here", "pomoc": "help", "czekaj": "wait", "dzwoń": "call", "pieniądze": "money",
}  # fmt: skip
_LETTERS = string.ascii_letters + string.digits + string.punctuation + "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ£"

Floats = NDArray[np.float32]


def build(folder: Path, source: str, target: str, words: Mapping[str, str], version: str = "1.0") -> Path:
    """A package that says `words`, as an .argosmodel file in `folder`; returns the file."""
    pieces, processor = _pieces(words)
    name = f"translate-{source}_{target}-{version.replace('.', '_')}"
    made = folder / "made" / name
    model = made / "model"
    model.mkdir(parents=True)
    _model(pieces, words).save(str(model))
    (made / "sentencepiece.model").write_bytes(processor)
    (made / "metadata.json").write_text(json.dumps(metadata(source, target, version)), encoding="utf-8")
    (made / "README.md").write_text("A word list of the project's tests.\n", encoding="utf-8")
    file = folder / f"{name}.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(made.rglob("*")):
            if path.is_file():
                archive.write(path, f"{name}/{path.relative_to(made)}")
    return file


def metadata(source: str, target: str, version: str = "1.0", links: tuple[str, ...] = ()) -> dict[str, object]:
    """What the index and the package itself say of a package."""
    return {
        "type": "translate",
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": source.title(),
        "to_code": target,
        "to_name": target.title(),
        "code": f"translate-{source}_{target}",
        "links": list(links),
    }


def both_ways(folder: Path) -> tuple[Path, Path]:
    """Polish to English and back."""
    back = {english: polish for polish, english in POLISH.items()}
    return build(folder, "pl", "en", POLISH), build(folder, "en", "pl", back)


def _pieces(words: Mapping[str, str]) -> tuple[list[str], bytes]:
    listed = sorted({"▁" + word for pair in words.items() for word in pair})
    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(_LETTERS), *(" ".join(pair) for pair in words.items())]),
        model_writer=trained,
        model_type="char",
        vocab_size=len(_LETTERS) + len(listed) + 4,
        character_coverage=1.0,
        user_defined_symbols=listed,
        hard_vocab_limit=False,
        normalization_rule_name="identity",
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=trained.getvalue())
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())], trained.getvalue()


def _model(pieces: list[str], words: Mapping[str, str]) -> ctranslate2.specs.TransformerSpec:
    tokens = len(pieces)
    width = 2 * tokens + PLACES
    width += width % 2
    spec = ctranslate2.specs.TransformerSpec.from_config((1, 1), 1, pre_norm=True)
    spec.config.add_source_eos = True
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    embeddings, places = np.zeros((tokens, width), np.float32), np.zeros((PLACES, width), np.float32)
    embeddings[:, :tokens] = np.eye(tokens)
    places[:, tokens : tokens + PLACES] = np.eye(PLACES)
    encoder, decoder = spec.encoder, spec.decoder
    encoder.embeddings[0].weight = decoder.embeddings.weight = embeddings
    for side in (encoder, decoder):
        side.scale_embeddings = np.dtype("int8").type(0)
        side.position_encodings.encodings = places
    nothing, level = np.zeros((width, width), np.float32), np.zeros(width, np.float32)
    for layer in (encoder.layer[0], decoder.layer[0]):
        _linear(layer.self_attention.linear[0], np.zeros((3 * width, width), np.float32))
        _linear(layer.self_attention.linear[1], nothing)
        _linear(layer.ffn.linear_0, nothing)
        _linear(layer.ffn.linear_1, nothing)
        for norm in (layer.self_attention.layer_norm, layer.ffn.layer_norm):
            norm.gamma, norm.beta = level, level
    _keep(encoder.layer_norm, 2, width)
    _attend_by_place(decoder.layer[0].attention, pieces, words, width)
    _keep(decoder.layer_norm, 3, width)
    said = np.zeros((tokens, width), np.float32)
    said[:, tokens + PLACES : 2 * tokens + PLACES] = 30 * np.eye(tokens)
    _linear(decoder.projection, said)
    spec.validate()
    spec.optimize()
    return spec


def _attend_by_place(attention: object, pieces: list[str], words: Mapping[str, str], width: int) -> None:
    tokens = len(pieces)
    number = {piece: place for place, piece in enumerate(pieces)}
    at_place = np.zeros((width, width), np.float32)
    at_place[tokens : tokens + PLACES, tokens : tokens + PLACES] = np.eye(PLACES)
    found = np.zeros((width, width), np.float32)
    for piece in pieces:
        says = "▁" + words[piece[1:]] if piece[1:] in words and piece.startswith("▁") else piece
        found[tokens + PLACES + number[says], number[piece]] = 1
    out = np.zeros((width, width), np.float32)
    last = slice(tokens + PLACES, 2 * tokens + PLACES)
    out[last, last] = np.eye(tokens)
    query, key_and_value, result = attention.linear  # type: ignore[attr-defined]
    _linear(query, at_place * np.float32(40 * np.sqrt(width)))
    _linear(key_and_value, np.concatenate([at_place, found]))
    _linear(result, out)
    _keep(attention.layer_norm, 2, width)  # type: ignore[attr-defined]


def _linear(spec: object, weight: Floats) -> None:
    spec.weight, spec.bias = weight, np.zeros(weight.shape[0], np.float32)  # type: ignore[attr-defined]


def _keep(norm: object, ones: int, width: int) -> None:
    """A normalisation that changes nothing in a vector with so many ones and else noughts."""
    mean = ones / width
    spread = np.sqrt(mean - mean * mean + 1e-5)
    norm.gamma = np.full(width, spread, np.float32)  # type: ignore[attr-defined]
    norm.beta = np.full(width, mean, np.float32)  # type: ignore[attr-defined]
