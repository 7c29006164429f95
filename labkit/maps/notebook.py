"""What a notebook keeps of a map: the interactive page, and a picture for wherever no page is shown.

JupyterLab, Notebook 7 and VS Code take the HTML. A site that takes frames out of it shows the picture that lies
behind the frame. nbconvert's way to paper through LaTeX takes the PDF, whose lines stay sharp in fewer bytes than a PNG.
"""

from __future__ import annotations

import base64
import re

from labkit.maps.stills.picture import Still

#: A picture of more bytes than this would make the notebook heavy; the table is below the map anyhow.
_MOST = 300_000
_HEIGHT = re.compile(r"height: ([\d.]+rem)")


def notebook_bundle(page: str, still: Still) -> dict[str, str]:
    """Return a map for a notebook, by kind of data; the same bytes for the same map.

    Parameters
    ----------
    page : str
        The interactive map as HTML, in a frame.
    still : Still
        The same map as a picture.

    Examples
    --------
    >>> sorted(notebook_bundle("<iframe></iframe>", Still("<svg xmlns='http://www.w3.org/2000/svg'/>")))
    ['application/pdf', 'text/html']
    """
    bundle = {"text/html": page}
    if len(still.svg) > _MOST:
        return bundle
    bundle["application/pdf"] = base64.b64encode(still.pdf()).decode("ascii")
    frame, end, rest = page.partition("</iframe>")
    if not end:
        return bundle
    picture = base64.b64encode(still.svg.encode("utf-8")).decode("ascii")
    found = _HEIGHT.search(frame[-400:])
    high = found[1] if found else "40rem"
    bundle["text/html"] = (
        f'<div style="position: relative; min-height: {high}">'
        f'<img alt="" src="data:image/svg+xml;base64,{picture}" style="max-width: 100%; max-height: {high}">'
        f'<div style="position: absolute; inset: 0; background: Canvas">{frame}{end}</div></div>{rest}'
    )
    return bundle
