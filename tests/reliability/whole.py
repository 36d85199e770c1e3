"""All of it, one part behind the other: `python tests/reliability/whole.py`. Takes about an hour.

Each part is a command of its own, with its own ways to go on or to replay; here each runs whole,
and the tables are printed together in the end. Ends with 1 where any part did not hold.
"""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = (
    "run.py",
    "wire.py",
    "mixture.py",
    "request_figures.py",
    "pace_figures.py",
    "canary.py",
)


def main() -> int:
    """Run the parts; 1 where one of them did."""
    tables, code = [], 0
    for part in PARTS:
        began = time.monotonic()
        print(f"== {part}", flush=True)
        ended = _run(part)
        code = max(code, ended.returncode)
        minutes = (time.monotonic() - began) / 60
        tables.append(f"{part}: exit code {ended.returncode}, {minutes:.1f} minutes\n")
        tables += [line for line in ended.stdout.splitlines() if line.startswith("|")] + [""]
    print("\n" + "\n".join(tables))
    return code


def _run(part: str) -> subprocess.CompletedProcess[str]:
    """The part as a process; its words go on to the terminal."""
    ended = subprocess.run(
        [sys.executable, str(HERE / part)], stdout=subprocess.PIPE, text=True, check=False
    )
    print(ended.stdout, flush=True)
    return ended


if __name__ == "__main__":
    sys.exit(main())
