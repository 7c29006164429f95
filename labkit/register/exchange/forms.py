"""The forms in which a register can be written, and how the name of the target tells which."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.errors import UnknownNameError, WrongUseError
from labkit.language import t
from labkit.names import nearest

if TYPE_CHECKING:
    from labkit.areas import Areas
    from labkit.register.book import Book

#: Form -> what it is, and how the name of a file of that form ends.
FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "tables": ("CSV tables with a descriptor (Frictionless Data Package)", ("", ".zip")),
    "geojson": ("projects and questions by area (GeoJSON)", (".geojson",)),
    "gpkg": ("projects and questions by area (GeoPackage)", (".gpkg",)),
    "rocrate": ("tables and linked data (RO-Crate)", (".crate.zip", ".rocrate.zip", ".crate", ".rocrate")),
    "bibtex": ("publications (BibTeX)", (".bib", ".bibtex")),
    "csl": ("publications (CSL-JSON)", (".csl.json", ".csl", ".json")),
}
#: Other names by which people know them.
_ALSO = {
    **{"csv": "tables", "frictionless": "tables", "datapackage": "tables", "table": "tables"},
    **{"geopackage": "gpkg", "ro-crate": "rocrate", "crate": "rocrate", "jsonld": "rocrate", "json-ld": "rocrate"},
    **{"bib": "bibtex", "csl-json": "csl", "csljson": "csl"},
}


def export(
    book: Book,
    areas: Areas | None,
    target: str | Path,
    form: str | None = None,
    audience: str = "public",
    **options: Any,
) -> Path:
    """Write the records in a form that other programs read.

    Parameters
    ----------
    book : Book
        The records.
    areas : Areas or None
        The areas of the city.
    target : str or Path
        Where it is written: a file, or a new folder.
    form : {"tables", "geojson", "gpkg", "rocrate", "bibtex", "csl"}, optional
        The form; told from the name of the target if left out.
    audience : {"public", "partners", "private"}
        For whom; what they may not see is left out.
    **options
        What the form takes beside this: `about` (tables, rocrate), `version` and `published` (rocrate), `crs` (gpkg),
        and `despite_names` for all of them.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    UnknownNameError
        If there is no such form, or no such audience.
    MentionError
        If a text names a record that the audience may not see; nothing was written.

    Examples
    --------
    >>> import tempfile
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> with tempfile.TemporaryDirectory() as place:
    ...     export(leiden.register.book, leiden.areas, Path(place) / "publications.bib").name
    'publications.bib'
    """
    chosen = form_of(form) if form else form_of_name(target)
    if areas is None and chosen in ("geojson", "gpkg"):
        raise WrongUseError(t("This needs the areas of a city."))
    write = _writer(chosen)
    known = [name for name, one in signature(write).parameters.items() if one.kind is one.KEYWORD_ONLY]
    strange = next((name for name in options if name not in known), None)
    if strange is not None:
        names = ", ".join(known)
        raise WrongUseError(
            t("The form {form} takes no {name}; it takes {names}.", form=chosen, name=strange, names=names)
        )
    return write(book, areas, target, audience, **options)


def form_of(name: str) -> str:
    """Return the form that a name means.

    Examples
    --------
    >>> form_of("GeoPackage")
    'gpkg'
    >>> form_of("geosjon")
    Traceback (most recent call last):
        ...
    labkit.errors.UnknownNameError: There is no form "geosjon". Did you mean geojson?
    """
    wanted = str(name).strip().lower().removeprefix(".")
    if wanted in FORMS or wanted in _ALSO:
        return _ALSO.get(wanted, wanted)
    near = list(dict.fromkeys(_ALSO.get(one, one) for one in nearest(wanted, [*FORMS, *_ALSO])))
    hint = (
        t("Did you mean {names}?", names=t(" or ").join(near))
        if near
        else t("Choose from {names}.", names=", ".join(FORMS))
    )
    raise UnknownNameError(f"{t('There is no form {form}.', form=f'{chr(34)}{name}{chr(34)}')} {hint}", near)


def form_of_name(target: str | Path) -> str:
    """Return the form that the name of a file or folder tells.

    Examples
    --------
    >>> form_of_name("projects.geojson"), form_of_name("out/register"), form_of_name("register.zip")
    ('geojson', 'tables', 'tables')
    """
    name = Path(target).name.lower()
    endings = [(ending, form) for form, (_, ends) in FORMS.items() for ending in ends if ending]
    for ending, form in sorted(endings, key=lambda one: -len(one[0])):
        if name.endswith(ending):
            return form
    suffix = Path(target).suffix
    if not suffix or Path(target).is_dir():
        return "tables"
    near = list(
        dict.fromkeys(form for ending, form in endings if ending in nearest(suffix, [one for one, _ in endings]))
    )
    hint = t("Did you mean {names}?", names=t(" or ").join(near)) if near else ""
    said = t("{name} does not tell in which form to write.", name=Path(target).name)
    choose = t("Give form=, one of {names}.", names=", ".join(FORMS))
    raise UnknownNameError(" ".join(part for part in (said, hint, choose) if part), near)


def _writer(form: str) -> Callable[..., Path]:
    """Return the function that writes a form; libraries are only read for the one that is asked for."""
    if form == "tables":
        from labkit.register.exchange.tables import export_tables

        return export_tables
    if form == "geojson":
        from labkit.register.exchange.geojson import export_geojson

        return export_geojson
    if form == "gpkg":
        from labkit.register.exchange.geopackage import export_geopackage

        return export_geopackage
    if form == "rocrate":
        from labkit.register.exchange.rocrate import export_rocrate

        return export_rocrate
    from labkit.register.exchange.bibliography import export_bibtex, export_csl

    return export_bibtex if form == "bibtex" else export_csl
