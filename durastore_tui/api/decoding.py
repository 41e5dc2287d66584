"""Bodies that a server compressed, decoded in small pieces so that a limit can stop them (RFC 9110 §8.4)."""

import zlib
from collections.abc import Iterator

MOST_ENCODINGS = 3
"""Each one decodes its own layer, and no real server stacks more than two."""
PIECE = 64 * 1024
"""Most bytes that one step decodes to."""
_GZIP = 16 + zlib.MAX_WBITS


class Undecodable(ValueError):
    """The body is not what its Content-Encoding says; the text is the sentence to show."""


class TooLarge(Exception):
    """An answer has more bytes than the limit allows."""

    def __init__(self, most: int) -> None:
        super().__init__(f"the answer is larger than {most:,} bytes")


class Decoder:
    """Decodes one body. Every layer of compression may produce at most `most` bytes, the innermost one too."""

    def __init__(self, content_encoding: str, most: int) -> None:
        """Raises Undecodable for an encoding that this program does not know, and for too many of them."""
        names = [name for part in content_encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
        if len(names) > MOST_ENCODINGS:
            raise Undecodable(f"it is compressed {len(names)} times")
        if unknown := [name for name in names if name not in _LAYERS]:
            raise Undecodable(f"it is encoded as {unknown[0][:40]}, which this program does not support")
        self._layers = [_LAYERS[name](most) for name in reversed(names)]
        self._left = most
        self._most = most

    def decode(self, data: bytes) -> Iterator[bytes]:
        """The next pieces of the plain body, each of at most 64 KiB while it is compressed; raises Undecodable and
        TooLarge."""
        for piece in self._through(0, data):
            self._left -= len(piece)
            if self._left < 0:
                raise TooLarge(self._most)
            yield piece

    def finish(self) -> None:
        """Raises Undecodable when the compressed body ended early. A body of no bytes at all is whole."""
        for layer in self._layers:
            layer.finish()

    def _through(self, number: int, data: bytes) -> Iterator[bytes]:
        if number == len(self._layers):
            yield data
            return
        for piece in self._layers[number].decode(data):
            yield from self._through(number + 1, piece)


class _Layer:
    """One gzip or zlib stream."""

    def __init__(self, most: int, window_bits: int = _GZIP) -> None:
        self._inflate = zlib.decompressobj(window_bits)
        self._left = most
        self._most = most
        self._begun = self._more = False

    def decode(self, data: bytes) -> Iterator[bytes]:
        while data or self._more:
            if self._inflate.eof:
                raise Undecodable("there is data after the end of the compressed body")
            self._begun = True
            try:
                piece = self._inflate.decompress(data, PIECE)
            except zlib.error as error:
                raise Undecodable(f"it cannot be decompressed: {error}") from None
            self._left -= len(piece)
            if self._left < 0:
                raise TooLarge(self._most)
            data = self._inflate.unconsumed_tail or self._inflate.unused_data
            # A full piece may leave decoded bytes inside, even where all input is used.
            self._more = len(piece) == PIECE and not self._inflate.eof
            if piece:
                yield piece

    def finish(self) -> None:
        if self._begun and not self._inflate.eof:
            raise Undecodable("the compressed body ends early")


class _Deflate(_Layer):
    """`deflate` is a zlib stream by the standard, and a bare one from some servers: the first two bytes tell."""

    def __init__(self, most: int) -> None:
        super().__init__(most, zlib.MAX_WBITS)
        self._first = b""
        self._known = False

    def decode(self, data: bytes) -> Iterator[bytes]:
        if not self._known:
            self._first += data
            if len(self._first) < 2:
                return
            data, self._known = self._first, True
            if data[0] & 0x0F != zlib.DEFLATED or int.from_bytes(data[:2]) % 31:
                self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        yield from super().decode(data)

    def finish(self) -> None:
        if self._first and not self._known:
            raise Undecodable("the compressed body ends early")
        super().finish()


_LAYERS = {"gzip": _Layer, "x-gzip": _Layer, "deflate": _Deflate}
