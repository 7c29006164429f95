"""Compare 300 hand-ins, the whole command. To run: python tests/benchmarks/likeness.py.

A pair is only looked at if it shares something that few others have; so 300 hand-ins take little more than reading them.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from made_up_class import write

for students in (30, 300):
    with tempfile.TemporaryDirectory() as folder:
        source, handins, roster = write(folder, students)
        out = Path(folder) / "likeness.html"
        command = ["assignment", "likeness", source, handins, "--roster", roster, "--out", out]
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "labkit", *command], check=True, stdout=subprocess.DEVNULL)
        print(f"{students} hand-ins: {time.perf_counter() - begun:.1f} s, a page of {out.stat().st_size // 1000} kB")
