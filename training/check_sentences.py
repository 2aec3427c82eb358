"""Read the training sentences, say where a line breaks the rules of sentences/README.md, and count what there is.

python training/check_sentences.py [FILE ...]      without FILE: all of training/sentences
"""

import sys
from collections import Counter
from pathlib import Path

from sentences import SentenceError, read_file

HERE = Path(__file__).parent


def main(paths: list[str]) -> int:
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("type", "status", "order")}
    seen: dict[tuple[str, int, int], str] = {}
    wrong = total = 0
    for path in sorted(map(Path, paths) if paths else HERE.glob("sentences/*.txt")):
        lines, errors = read_file(path)
        for error in errors:
            print(error)
        wrong += len(errors)
        for line in lines:
            key = (line.text, line.source[0], line.target[0])
            if key in seen:
                print(f"{path.name}:{line.number}: the same sentence with the same marks stands at {seen[key]}")
                wrong += 1
            seen[key] = f"{path.name}:{line.number}"
            total += 1
            counts["type"][line.type or "NONE"] += 1
            counts["status"][line.status or "-"] += 1
            counts["order"][
                "target first" if line.target < line.source else "mutual" if line.mutual else "source first"
            ] += 1
    for name, counter in counts.items():
        print(name, ", ".join(f"{key} {count}" for key, count in counter.most_common()))
    print(f"{total} sentences, {wrong} to mend")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SentenceError as error:
        sys.exit(str(error))
