#!/usr/bin/env python3
"""Takes the people of the shipped list and made-up ones, compiles their names, and measures sayso beside spaCy's PhraseMatcher, FlashText and ahocorasick_rs.

    pip install spacy flashtext ahocorasick_rs
    cargo build --release && cargo bench --bench matching --no-run
    python3 benches/compare.py TEXTS --sayso target/release/sayso --bench target/release/deps/matching-HASH 1000000 5000000

TEXTS is a folder of .txt. Each program runs in a process of its own, on one processor; times of matching are those on the
processor, the best of several runs. `start` is what a process needs before it can match: opening a file, or building.
Options: --only NAME (sayso, spacy, flashtext, ahocorasick), --work FOLDER for names and compiled files.
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import time

SURNAMES = 100_003  # prime: given name and surname take every combination
SYLLABLES = """ba bel bor ca cor da del dor fa fen gar go hal ho ja kel ko la len lo ma mir mo na nel no or pa pel ra ren ro
sa sel so ta tel to u va vel vo wen ya yor za zo""".split()
ROOT = pathlib.Path(__file__).resolve().parent.parent
OTHERS = ("spacy", "flashtext", "ahocorasick")


def names(count):
    """The same names as benches/names.rs makes."""
    lines = (ROOT / "gazetteers/en/given-names.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t")[0] for line in lines if not line.startswith("#")][1:]
    given = [name[:1].upper() + name[1:] for name in rows if name.isascii() and name.isalpha()]
    real = real_names()[:count]
    yield from real
    for at in range(count - len(real)):
        number, surname = at % SURNAMES, ""
        for _ in range(3):
            surname += SYLLABLES[number % len(SYLLABLES)]
            number //= len(SYLLABLES)
        yield f"{given[at % len(given)]} {surname.capitalize()}"


def real_names():
    """The people of the shipped list whose names are words of plain letters: some stand in the texts."""
    lines = (ROOT / "gazetteers/people.tsv").read_text("utf-8").splitlines()
    listed = [line.split("\t")[1] for line in lines if not line.startswith("#")][1:]
    plain = [name for name in listed if " " in name and name.isascii() and name.replace(" ", "").isalpha()]
    return list(dict.fromkeys(plain))


def texts(folder):
    return [path.read_text("utf-8") for path in sorted(pathlib.Path(folder).glob("*.txt"))]


def memory():
    """Megabytes that this process holds."""
    status = pathlib.Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1e3


def best_of(runs, match):
    times = []
    for _ in range(runs):
        started = time.process_time()
        found = match()
        times.append(time.process_time() - started)
    return found, min(times)


def measure(program, folder, count):
    """Builds `program`'s matcher of `count` names and runs it over the texts; prints one line of JSON."""
    all_texts = texts(folder)
    size = sum(len(text.encode()) for text in all_texts) / 1e6
    runs = 3
    if program == "spacy":
        import spacy
        from spacy.matcher import PhraseMatcher

        nlp = spacy.blank("en")
        documents = [nlp.make_doc(text) for text in all_texts]
        patterns = names(count)
        before, started = memory(), time.process_time()
        matcher = PhraseMatcher(nlp.vocab)
        for name in patterns:
            matcher.add("NAME", [nlp.make_doc(name)])
        start = time.process_time() - started
        found, best = best_of(runs, lambda: sum(len(matcher(document)) for document in documents))
    elif program == "flashtext":
        from flashtext import KeywordProcessor

        before, started = memory(), time.process_time()
        matcher = KeywordProcessor(case_sensitive=True)
        for name in names(count):
            matcher.add_keyword(name)
        start = time.process_time() - started
        found, best = best_of(runs, lambda: sum(len(matcher.extract_keywords(text)) for text in all_texts))
    else:
        import ahocorasick_rs

        before, started = memory(), time.process_time()
        matcher = ahocorasick_rs.AhoCorasick(names(count), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        start = time.process_time() - started
        found, best = best_of(runs, lambda: sum(len(matcher.find_matches_as_indexes(text)) for text in all_texts))
    print(json.dumps({"open_ms": start * 1e3, "mb_per_s": size / best, "found": found, "memory_mb": memory() - before,
                      "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3}))


def sayso(args, count):
    """Writes the names as a gazetteer, compiles it, and has the bench measure it."""
    folder = args.work / f"names-{count}"
    folder.mkdir(parents=True, exist_ok=True)
    people, compiled = folder / "people.tsv", args.work / f"names-{count}.gazetteer"
    if not people.exists():
        with people.open("w", encoding="utf-8") as out:
            out.write("id\tname\n")
            for name in names(count):
                out.write(f"{name.lower().replace(' ', '-')}\t{name}\n")
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([args.sayso, "gazetteer", "compile", folder, "-o", compiled], check=True, stdout=subprocess.DEVNULL)
    took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - started
    environment = os.environ | {"SAYSO_NAMES": str(compiled), "SAYSO_TEXTS": str(args.texts)}
    run = subprocess.run([args.bench], env=environment, check=True, capture_output=True, text=True)
    return json.loads(run.stdout) | {"compile_s": took}


def row(count, program, figures):
    start = f"{figures['open_ms']:.2f} ms" if figures["open_ms"] < 100 else f"{figures['open_ms'] / 1e3:.1f} s"
    size = f"{figures['bytes_per_name']:.1f}" if "bytes_per_name" in figures else "–"
    print(f"| {count:,} | {program} | {start} | {figures['mb_per_s']:.1f} | {figures['memory_mb']:.0f} | {size} | {figures['found']} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=pathlib.Path)
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--sayso", type=pathlib.Path, default=ROOT / "target/release/sayso")
    parser.add_argument("--bench", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target/compare")
    parser.add_argument("--only", nargs="*", default=("sayso", *OTHERS))
    parser.add_argument("--measure", choices=OTHERS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        return measure(args.measure, args.texts, args.counts[0])
    print("| names | program | start | MB/s | memory MB | bytes a name | found |\n|---|---|---|---|---|---|---|")
    for count in args.counts:
        if "sayso" in args.only:
            row(count, "sayso", sayso(args, count))
        for program in (p for p in OTHERS if p in args.only):
            call = [sys.executable, __file__, args.texts, str(count), "--measure", program]
            run = subprocess.run(call, capture_output=True, text=True)
            if run.returncode:
                print(f"| {count:,} | {program} | failed: {run.stderr.strip().splitlines()[-1:]} |", flush=True)
            else:
                row(count, program, json.loads(run.stdout))


if __name__ == "__main__":
    main()
