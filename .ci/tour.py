"""Runs the commands shown in the documents again and puts what they print in place of what stands there.

`python3 .ci/tour.py PROGRAM` from the project's root. A block is a fenced one whose first line is `$ sayso …`, or the
summary of a build. Blocks that cut something out (`…` on a line of its own) or use other programs are left alone.
"""

import os
import re
import subprocess
import sys
import tempfile

PAGES = ["README.md", "docs/commands.md", "docs/patterns.md", "examples/README.md"]
BUILD = "build examples/news --gazetteers examples/gazetteers"
SUMMARY = re.compile(r"\d+ new, \d+ changed, \d+ unchanged")


def run(program, command, database):
    env = {**os.environ, "SAYSO_DB": database, "COLUMNS": "120"}
    done = subprocess.run(
        f"{program} {command}", shell=True, env=env, capture_output=True, text=True, timeout=120
    )
    return done.stdout.replace(database, "sayso.sqlite").rstrip("\n")


def again(block, program, database):
    first, _, rest = block.partition("\n")
    if SUMMARY.match(first):
        printed = run(program, BUILD, database + ".new")
        printed = printed.replace(database + ".new", "sayso.sqlite").replace("sayso.sqlite.new", "sayso.sqlite")
        # The time is that of a release build: it stays while the counts do.
        counts = SUMMARY.match(printed)
        if counts and counts.group() == SUMMARY.match(first).group():
            printed = first + "\n" + printed.partition("\n")[2]
        os.remove(database + ".new")
        return printed
    command = first.removeprefix("$ sayso ")
    if command == first or "|" in command or re.search(r"^\s*…$", rest, re.M) or "\n$ " in rest:
        return block
    if command.startswith("build"):
        return first + "\n" + again(rest, program, database)
    return first + "\n" + run(program, command, database)


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "sayso.sqlite")
        run(program, BUILD + " -q", database)
        for page in PAGES:
            with open(page, encoding="utf-8") as file:
                text = file.read()
            new = re.sub(
                r"(?<=```text\n).*?(?=\n```)",
                lambda block: again(block.group(), program, database),
                text,
                flags=re.S,
            )
            if new != text:
                print(f"{page} changed")
                with open(page, "w", encoding="utf-8") as file:
                    file.write(new)


main(sys.argv[1])
