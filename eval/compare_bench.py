"""How long comparisons take: python -m eval.compare_bench [--index DIR]. Every curated topic over every local document.

Processor time of one core is printed, not the clock: a busy machine does not change it. The first comparison of a topic counts.
"""

import argparse
import time
from pathlib import Path

from tiaowen.library import INDEX, Library, listed


def main() -> None:
    """Print the median and the longest, of all cells and differences together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=INDEX)
    library = Library(index=parser.parse_args().index, corpus=None)
    library.compare(listed()[0].name)
    taken = []
    for topic in listed():
        start = time.process_time()
        library.compare(topic.name)
        taken.append((time.process_time() - start, topic.name))
    taken.sort()
    longest = ", ".join(f"{name} {1000 * seconds:.0f} ms" for seconds, name in taken[-3:])
    print(f"{len(library.compared)} documents, {len(taken)} topics: median {1000 * taken[len(taken) // 2][0]:.0f} ms, longest {longest}")


if __name__ == "__main__":
    main()
