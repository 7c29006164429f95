"""Write records as YAML that people read, edit and merge: a field a line, an item a line, comments kept."""

from __future__ import annotations

from labkit.errors import LabkitError
from labkit.language import t
from labkit.register.patching import patched
from labkit.register.reading import read_yaml
from labkit.register.records import Record
from labkit.register.rendering import fields_text
from labkit.register.validating import to_record


def new_text(record: Record) -> str:
    """Return the text of a new file.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> print(new_text(Partner(id="org-police", visibility="public", name="Politie", kind="police")), end="")
    # yaml-language-server: $schema=../schemas/partner.schema.json
    id: org-police
    visibility: public
    name: Politie
    kind: police
    """
    body = fields_text(record.as_dict())
    text = f"# yaml-language-server: $schema=../schemas/{record.KIND}.schema.json\n{body}"
    if not _holds(text, record):
        raise LabkitError(
            t("{id} holds a text that cannot be written. Look for signs that cannot be seen.", id=record.id)
        )
    return text


def changed_text(text: str, record: Record) -> str:
    r"""Return a file's text with the fields of a record; what did not change keeps its place, form and comments.

    Parameters
    ----------
    text : str
        The file as it stands.
    record : Record
        What should stand in it.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> old = "# our own\nkind: police  # and fire\nid: org-x\nvisibility: public\nname: X\n"
    >>> print(changed_text(old, Partner(id="org-x", visibility="public", name="Y", kind="police")), end="")
    # our own
    kind: police  # and fire
    id: org-x
    visibility: public
    name: Y
    """
    wanted = record.as_dict()
    before = to_record(type(record), read_yaml(text)).as_dict()
    if before == wanted:
        return text
    changed = patched(text, before, wanted, record.order())
    # What is saved must be what was meant, whatever the file looked like.
    if changed is None or not _holds(changed, record):
        raise LabkitError(
            t("{id} could not be changed without harm to its file. Change it in an editor.", id=record.id)
        )
    return changed


def _holds(text: str, record: Record) -> bool:
    try:
        return to_record(type(record), read_yaml(text)) == record
    except LabkitError:
        return False
