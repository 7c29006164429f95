"""A picture of a map: SVG, and PNG and PDF made from it without a browser."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit import look
from labkit.errors import WrongUseError
from labkit.language import t
from labkit.maps.stills.pdf import settled
from labkit.saving import save_bytes, save_text

#: What the converter brings along: the same letters on every machine.
_OWN_FONT = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
ENDINGS = (".svg", ".png", ".pdf")
_MOST = 8


@dataclass(frozen=True, repr=False)
class Still:
    """A map as a picture; shows itself in a notebook.

    Attributes
    ----------
    svg : str
        The picture as SVG: plain shapes and text, no script, nothing to fetch.

    Examples
    --------
    >>> import labkit as lk
    >>> still = lk.open_city("leiden").map("lonely", year=2020).still()
    >>> "<title" in still.svg, still.png()[1:4], still.pdf()[:4]
    (True, b'PNG', b'%PDF')
    """

    svg: str

    def png(self, scale: float = 2) -> bytes:
        """Return the picture as PNG: 900 pixels wide times `scale`; 2 is sharp on paper up to a half page."""
        import vl_convert

        if not isinstance(scale, int | float) or not 0 < scale <= _MOST:
            raise WrongUseError(
                t("A picture is made 0 to {most} times as large, not {scale}.", most=_MOST, scale=repr(scale))
            )
        return vl_convert.svg_to_png(self._plain, scale=float(scale))

    def pdf(self) -> bytes:
        """Return the picture as PDF, with lines and letters that stay sharp at every size; the same bytes every time."""
        import vl_convert

        return settled(vl_convert.svg_to_pdf(self._plain))

    def save(self, path: str | Path) -> Path:
        """Write the picture to a file that ends in .svg, .png or .pdf, whole or not at all.

        Raises
        ------
        WrongUseError
            If the name has another ending.
        """
        ending = Path(path).suffix.lower()
        if ending == ".svg":
            return save_text(path, self.svg)
        if ending not in ENDINGS:
            raise WrongUseError(
                t(
                    "A picture is saved as {endings}, not as {name}. Give its name one of these endings.",
                    endings=", ".join(ENDINGS),
                    name=repr(Path(path).name),
                )
            )
        return save_bytes(path, self.png() if ending == ".png" else self.pdf())

    @property
    def _plain(self) -> str:
        return self.svg.replace(f"font-family='{look.FONT}'", f"font-family='{_OWN_FONT}'")

    def kinds(self) -> dict[str, str]:
        """Return the picture as a notebook holds it, by kind of data: SVG for screens, PDF for nbconvert's way to paper.

        Examples
        --------
        >>> sorted(Still("<svg xmlns='http://www.w3.org/2000/svg'/>").kinds())
        ['application/pdf', 'image/svg+xml']
        """
        return {"image/svg+xml": self.svg, "application/pdf": base64.b64encode(self.pdf()).decode("ascii")}

    def __repr__(self) -> str:
        return f"<Still: SVG of {len(self.svg)} characters>"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": repr(self), **self.kinds()}
