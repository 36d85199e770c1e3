"""Opens files in a process of its own that may take little: one line of JSON for each.

Memory is that of the whole process (500 MB of addresses), time that of all files together.
"""

import json
import resource
import sys
import time
from pathlib import Path

from importer.model.problem import Problem
from importer.sheets.reading.opening import open_contents

MEGABYTES = 500


def main(paths: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    for path in paths:
        started = time.process_time()
        found = open_contents(Path(path))
        seconds = time.process_time() - started
        answer: dict[str, object] = {"seconds": seconds}
        if isinstance(found, Problem):
            answer |= {
                "code": found.code,
                "place": str(found.place),
                "found": found.found,
                "expected": found.expected,
                "remedy": found.remedy,
            }
        else:
            answer["cells"] = sum(len(row) for grid in found.grids for row in grid.rows.values())
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
