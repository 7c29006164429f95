"""Grade on a Dask cluster: the same job for a whole faculty; bytes travel, no paths."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from labkit.assignments.grading import Grader
from labkit.assignments.paper import Order, Paper
from labkit.assignments.worker import one_piece
from labkit.assignments.workers import Done
from labkit.errors import LabkitError
from labkit.language import current, speaking, t


class Cluster:
    """A Dask cluster that grades; it has the interface of `labkit.assignments.workers.Pool`.

    Parameters
    ----------
    order : Order
    address : str
        Of its scheduler, such as "tcp://10.0.0.1:8786".

    Raises
    ------
    LabkitError
        If Dask is not installed, or nothing answers there.
    """

    def __init__(self, order: Order, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise LabkitError(
                t("Dask is not installed. Install it with: {command}", command='pip install "labkit[dask]"')
            ) from None
        try:
            self.client: Any = Client(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise LabkitError(
                t("No Dask cluster answers at {address}: {cause}.", address=address, cause=str(error)[:200].rstrip("."))
            ) from None
        self.order = self.client.scatter(pickle.dumps(order), broadcast=True, hash=False)
        self.language = current()

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the cluster; what is not done there is given up."""
        self.client.close()

    def each(self, work: Sequence[Paper | str]) -> Iterator[Done]:
        """Do pieces of work, and yield how each ended as soon as it did."""
        from distributed import as_completed

        futures = {
            self.client.submit(_remote, self.order, one, self.language, pure=False, retries=1): one for one in work
        }
        for future in as_completed(futures, loop=self.client.loop):
            one = futures.pop(future)
            try:
                result, fault = future.result()
            except Exception as error:
                cause = " ".join(f"{type(error).__name__}: {error}".split())[:300]
                yield Done(one, None, t("The cluster could not grade this: {cause}.", cause=cause.rstrip(".")))
                continue
            yield Done(one, result, fault)


def _remote(order: bytes, work: Paper | str, language: str) -> Any:
    """Do one piece of work on a worker of the cluster."""
    with speaking(language):
        return one_piece(_grader(order), work)


@lru_cache(maxsize=2)
def _grader(order: bytes) -> Grader:
    """Return the grader of an assignment; a worker keeps it for the next hand-in."""
    return Grader(pickle.loads(order), keep_city=True)
