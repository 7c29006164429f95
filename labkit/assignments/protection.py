"""What stood between a hand-in and this machine, in words: what is in force, and what this system lacks."""

from __future__ import annotations

from collections.abc import Iterable

from labkit.language import t


def in_words(layers: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return a sentence for each layer.

    Parameters
    ----------
    layers : iterable of str
        What the student's process found in force, before it ran any code of theirs: "landlock 7", "seccomp", ...
    kind : {"forked", "spawned", "contained"}

    Examples
    --------
    >>> in_words(["audit"], "spawned")[-1]
    'Not on this system: the kernel does not keep it from the network and from other programs.'
    """
    found = {layer.partition(" ")[0]: layer.partition(" ")[2] for layer in layers}
    said = [t("A process of its own, in a folder of its own, without the lecturer's environment.")]
    if kind == "contained":
        said.append(t("A container without network, in which only its own memory can be written."))
    said.append(t("Limits of time: a cell is interrupted, and ended if it goes on."))
    limits = found.get("limits", "").split()
    if "as" in limits:
        said.append(t("Limits of the system on memory, processor time and size of files."))
    else:
        said.append(t("Memory and files are watched from outside, a few times a second."))
    if limits and "as" not in limits:
        said.append(t("Limits of the system on processor time and size of files."))
    if "landlock" in found:
        said.append(
            t(
                "The kernel shows it only Python, the city's data and its own folder (Landlock {version}).",
                version=found["landlock"],
            )
        )
    if "seccomp" in found:
        said.append(t("The kernel refuses network, other programs and signals to them (seccomp)."))
    if "audit" in found:
        said.append(t("Python refuses other files, network and programs; code that means harm can go around this."))
    if "landlock" not in found and kind != "contained":
        said.append(t("Not on this system: the kernel does not hide other files from it."))
    if "seccomp" not in found and kind != "contained":
        said.append(t("Not on this system: the kernel does not keep it from the network and from other programs."))
    return tuple(said)
