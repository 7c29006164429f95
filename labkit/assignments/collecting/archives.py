"""Open what was handed in: a file, a folder or a zip, and say what is in it; unpack nothing that could do harm.

A zip is looked at before anything of it is unpacked, and never larger than the limits below comes out of it.
Nothing is written here: what is read stays in memory until `collect` puts it into its own folder.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from labkit.assignments.collecting.names import parts_of, shown, unmangled
from labkit.assignments.collecting.wording import t, told_by
from labkit.assignments.notebook import BIGGEST as BIGGEST_FILE
from labkit.assignments.safe_files import files_under, is_junk, read_file, too_large
from labkit.errors import LabkitError

#: How many files one input, and one hand-in, may hold.
MOST_FILES, MOST_FILES_HANDIN = 50_000, 1_000
#: How much comes out of one input, and out of one hand-in, bytes.
BIGGEST_INPUT, BIGGEST_HANDIN = 10_000_000_000, 200_000_000
#: How many times larger than in the zip a file may be, once it is larger than a notebook usually is (bytes).
RATIO, RATIO_FROM = 200, 1_000_000
#: How deep zips may lie in each other: the download, the hand-in, and one zip in that.
NESTED = 3
#: The list of names of a zip may be this large, bytes: it is read before anything else is known.
BIGGEST_LIST = 16_000_000

Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class Entry:
    """One file that was handed in.

    Attributes
    ----------
    name : str
        Its name with its folders, as it was handed in.
    parts : tuple of str
        The same, folder by folder, in the form in which names are compared.
    time : datetime or None
        When it was saved last, by the clock of `time_from`.
    time_from : {"zip", "file"}
    size : int
        Bytes, once unpacked.
    read : callable
        Returns its contents; a LabkitError if these cannot be had.
    """

    name: str
    parts: tuple[str, ...]
    time: datetime | None
    time_from: str
    size: int
    read: Callable[[], bytes]

    @property
    def file(self) -> str:
        """The last part of its name."""
        return self.parts[-1]

    @property
    def is_zip(self) -> bool:
        """Whether it is called a zip."""
        return self.file.lower().endswith(".zip")

    def without(self, folders: int) -> Entry:
        """Return it without its first folders."""
        return replace(self, parts=self.parts[folders:])


def entries(path: Path, zone: tzinfo, stack: ExitStack, tell: Tell, leave: Path | None = None) -> list[Entry]:
    """Return what an input holds: a folder, a zip, or one file.

    Parameters
    ----------
    path : Path
        What the lecturer named.
    zone : tzinfo
        Of the times in a zip, which have none.
    stack : ExitStack
        Closes the zip when all is done.
    tell : callable
        Takes the place and the reason of each thing that is refused.
    leave : Path, optional
        A folder that is passed over: the one that is written to.
    """
    if path.is_dir():
        told: list[str] = []
        found = [one for one in files_under(path, told) if leave is None or not one.resolve().is_relative_to(leave)]
        for text in told:
            tell(path.name, text)
        if len(found) > MOST_FILES:
            raise LabkitError(
                t("{path} holds more than {most} files. Is it the right folder?", path=path, most=MOST_FILES)
            )
        return [_of_file(one, one.relative_to(path).as_posix()) for one in found]
    if path.suffix.lower() == ".zip":
        return _zip(path, path.name, zone, stack, tell)
    return [_of_file(path, path.name)]


def _of_file(path: Path, name: str) -> Entry:
    about = path.lstat()
    return Entry(
        name=name,
        parts=parts_of(name.replace("\\", "_")),
        time=datetime.fromtimestamp(about.st_mtime, UTC).replace(microsecond=0),
        time_from="file",
        size=about.st_size,
        read=lambda: read_file(path, BIGGEST_HANDIN if name.lower().endswith(".zip") else BIGGEST_FILE),
    )


def inner(data: bytes, name: str, zone: tzinfo, stack: ExitStack) -> list[Entry]:
    """Return what a zip within a hand-in holds.

    Anything unsafe in it refuses all of it: a student's zip with a path that leads outside is not to be trusted.

    Raises
    ------
    LabkitError
        With the reason.
    """
    return _zip(io.BytesIO(data), name, zone, stack, None)


def _zip(file: Path | io.BytesIO, name: str, zone: tzinfo, stack: ExitStack, tell: Tell | None) -> list[Entry]:
    """Look at a zip: with `tell`, faulty files are told and the others kept; without it, one fault refuses all."""
    try:
        _short_list(file)
        archive = stack.enter_context(zipfile.ZipFile(file))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise LabkitError(
            t(
                "{name} is broken and cannot be opened as a zip ({cause}). Needed: the zip anew, or the notebook itself.",
                name=shown(name),
                cause=" ".join(str(error).split())[:100],
            )
        ) from None
    infos = [one for one in archive.infolist() if not _is_passed_over(one)]
    files, size = (MOST_FILES, BIGGEST_INPUT) if tell else (MOST_FILES_HANDIN, BIGGEST_HANDIN)
    if len(infos) > files:
        raise LabkitError(
            t(
                "{name} holds {number} files, more than {most}. Needed: the notebook itself.",
                name=shown(name),
                number=len(infos),
                most=files,
            )
        )
    if sum(one.file_size for one in infos) > size:
        raise LabkitError(
            t(
                "{name} would become {size} MB, more than {most} MB. Needed: the notebook itself.",
                name=shown(name),
                size=sum(one.file_size for one in infos) // 10**6,
                most=size // 10**6,
            )
        )
    found = []
    for info in infos:
        try:
            found.append(_of_info(archive, info, zone))
        except LabkitError as error:
            if tell is None:
                raise LabkitError(
                    t("{name} is refused: {cause}. Needed: the notebook itself.", name=shown(name), cause=error)
                ) from None
            tell(
                shown(unmangled(info.orig_filename)), t("Refused: {cause}. The other files are collected.", cause=error)
            )
    return found


def _is_passed_over(info: zipfile.ZipInfo) -> bool:
    """Return whether an entry is a folder, or junk; `orig_filename` also has what stands behind a NUL."""
    return info.orig_filename.endswith("/") or is_junk(unmangled(info.orig_filename))


def _short_list(file: Path | io.BytesIO) -> None:
    """Refuse a zip with a list of names that is far too long, before it is read."""
    with file.open("rb") if isinstance(file, Path) else io.BytesIO(file.getbuffer()) as stream:
        end = stream.seek(0, io.SEEK_END)
        stream.seek(max(0, end - 70_000))
        tail = stream.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0:
        raise zipfile.BadZipFile(t("it has no end; was the upload cut short?"))
    length = int.from_bytes(tail[place + 12 : place + 16], "little")
    if length == 0xFFFFFFFF:  # said in the record of large zips, just before
        record = tail.rfind(b"PK\x06\x06", 0, place)
        length = int.from_bytes(tail[record + 40 : record + 48], "little") if record >= 0 else BIGGEST_LIST + 1
    if length > BIGGEST_LIST:
        raise zipfile.BadZipFile(t("its list of names is too long"))


def _of_info(archive: zipfile.ZipFile, info: zipfile.ZipInfo, zone: tzinfo) -> Entry:
    name = info.orig_filename
    if not info.flag_bits & 0x800 or not name.isascii():
        name = unmangled(name)
    kind = stat.S_IFMT(info.external_attr >> 16)
    parts = parts_of(name)
    if kind and not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise LabkitError(t("{name} is a link or no plain file", name=shown(name)))
    if info.flag_bits & 0x1:
        raise LabkitError(t("{name} is locked with a password", name=shown(name)))
    if not parts:
        raise LabkitError(t("a file in it has no name"))
    if info.file_size > max(RATIO_FROM, RATIO * info.compress_size):
        raise LabkitError(
            t(
                "{name} would become {times} times as large when it is unpacked",
                name=shown(name),
                times=info.file_size // max(info.compress_size, 1),
            )
        )
    most = BIGGEST_HANDIN if name.lower().endswith(".zip") else BIGGEST_FILE
    return Entry(name, parts, _time(info, zone), "zip", min(info.file_size, most), lambda: _read(archive, info, most))


def _time(info: zipfile.ZipInfo, zone: tzinfo) -> datetime | None:
    try:
        found = datetime(*info.date_time, tzinfo=zone)
    except ValueError:
        return None
    return found if found.year > 1980 else None  # 1980: the program that made the zip did not know


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    if info.file_size > most:
        raise LabkitError(too_large(shown(unmangled(info.filename)), info.file_size, most))
    try:
        with archive.open(info) as stream:
            data = stream.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        cause = " ".join(str(error).split())[:100] or type(error).__name__
        raise LabkitError(
            t(
                "{name} cannot be unpacked ({cause}). Needed: the file anew.",
                name=shown(unmangled(info.filename)),
                cause=cause,
            )
        ) from None
    if len(data) > most:
        raise LabkitError(too_large(shown(info.filename), len(data), most))
    return data


def unpacked(entry: Entry, zone: tzinfo, stack: ExitStack, refuse: Tell, depth: int = 2) -> Iterator[Entry]:
    """Yield a file, or what is in it if it is a zip, also in zips within that.

    Parameters
    ----------
    refuse : callable
        Takes the name and the reason of each zip that is refused.
    depth : int
        How deep it lies already: the download itself is 1.
    """
    if not entry.is_zip:
        yield entry
        return
    if depth > NESTED:
        refuse(
            entry.name,
            t("{name} lies in {number} zips. Needed: the notebook itself.", name=shown(entry.name), number=depth - 1),
        )
        return
    try:
        found = inner(entry.read(), entry.file, zone, stack)
    except LabkitError as error:
        refuse(entry.name, told_by(error))
        return
    for one in found:
        yield from unpacked(replace(one, name=f"{entry.name}/{one.name}"), zone, stack, refuse, depth + 1)
