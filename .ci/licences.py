"""Writes THIRD-PARTY.md: every crate that goes into the program, with its licence and the text of it.

`python3 .ci/licences.py` from the project's root; with `--check` it only compares, and fails where the page is stale. It asks
`cargo metadata` for what the program is built of and takes the texts from the sources, which cargo fetches where they are missing.
"""

import json
import os
import re
import subprocess
import sys

PAGE = "THIRD-PARTY.md"
# Of several licences that a crate offers, the first of these that it ships a text of.
CHOICE = ["MIT", "BSD-3-Clause", "BSD-2-Clause", "Zlib", "ISC", "Unicode-3.0", "Apache-2.0", "MPL-2.0", "Unlicense", "CC0-1.0", "0BSD"]
NAMES = re.compile(r"^(licen[sc]e|copying|copyright|notice|unlicense)", re.I)
WORDS = {
    "MIT": "Permission is hereby granted, free of charge, to any person obtaining a copy",
    "BSD-3-Clause": "Redistribution and use in source and binary forms",
    "BSD-2-Clause": "Redistribution and use in source and binary forms",
    "Zlib": "This software is provided 'as-is', without any express or implied",
    "ISC": "Permission to use, copy, modify, and/or distribute this software",
    "0BSD": "Permission to use, copy, modify, and/or distribute this software",
    "Unicode-3.0": "UNICODE LICENSE V3",
    "Apache-2.0": "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
    "MPL-2.0": "Mozilla Public License Version 2.0",
    "Unlicense": "This is free and unencumbered software released into the public domain",
    "CC0-1.0": "CC0 1.0 Universal",
}
HEAD = """# What the program is built of

The program `sayso` holds the code of these crates and of SQLite (public domain), and data that [NOTICE](NOTICE) tells of.
`sayso licences` prints both pages. This one is made by `python3 .ci/licences.py`.

The crates under MPL-2.0 are used as they were published: their source is at the address given.

| crate | version | licence | source |
|---|---|---|---|
"""


def crates():
    """The crates behind the normal dependencies of the program, on any platform, by name and version."""
    run = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked"],
        capture_output=True, text=True, check=True,
    )
    data = json.loads(run.stdout)
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    root = data["resolve"]["root"]
    seen, queue = {root}, [root]
    while queue:
        for dep in nodes[queue.pop()]["deps"]:
            if any(kind["kind"] is None for kind in dep["dep_kinds"]) and dep["pkg"] not in seen:
                seen.add(dep["pkg"])
                queue.append(dep["pkg"])
    seen.remove(root)
    return sorted((packages[one] for one in seen), key=lambda p: (p["name"], p["version"]))


def texts(package):
    """The licence files of a crate, by name."""
    folder = os.path.dirname(package["manifest_path"])
    found = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if NAMES.match(name) and os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace") as file:
                lines = [line.rstrip() for line in file.read().replace("\r\n", "\n").split("\n")]
            found[name] = "\n".join(lines).strip("\n")
    return found


def plain(text):
    return " ".join(text.split())


def chosen(package, known):
    """What a crate's licence comes to: a list of (licence, text). One that ships no text gets the common one."""
    licence = (package["license"] or "").replace("/", " OR ")
    files = texts(package)
    ids = set(re.findall(r"[A-Za-z0-9.+-]+", licence)) - {"OR", "AND", "WITH"}
    of = {}
    for one in ids:
        for text in files.values():
            if one in WORDS and WORDS[one].lower() in plain(text).lower():
                of.setdefault(one, text)
    wanted = [part.strip("() ") for part in licence.split(" AND ")]
    result = []
    for part in wanted:
        offered = [one for one in CHOICE if one in re.findall(r"[A-Za-z0-9.+-]+", part)]
        if not offered:
            raise SystemExit(f"{package['name']} {package['version']}: licence `{licence}` is not known to .ci/licences.py")
        shipped = [one for one in offered if one in of]
        if shipped:
            result.append((shipped[0], of[shipped[0]]))
            known.setdefault(shipped[0], of[shipped[0]])
        else:
            result.append((offered[0], None))
    for name, text in files.items():
        if name.lower().startswith("notice"):
            result.append(("notice", text))
    return result


def common(licence, package, known):
    """The text of a licence for a crate that ships none, with its authors."""
    authors = ", ".join(re.sub(r"\s*<[^>]*>", "", author) for author in package["authors"]) or f"the authors of {package['name']}"
    text = known.get(licence)
    if text is None:
        raise SystemExit(f"{package['name']} {package['version']}: no text of {licence} is shipped by any crate")
    if licence == "MIT":
        body = text[text.index("Permission is hereby granted"):]
        return f"Copyright (c) {authors}\n\n{body}"
    return text


def page():
    known, rows, by_text, missing = {}, [], {}, []
    for package in crates():
        name = f"{package['name']} {package['version']}"
        source = package["repository"] or f"https://crates.io/crates/{package['name']}"
        licence = package["license"].replace("/", " OR ") if "OR" not in package["license"] else package["license"]
        rows.append(f"| {package['name']} | {package['version']} | {licence} | <{source}> |")
        for one, text in chosen(package, known):
            if text is None:
                missing.append((one, package, name))
            else:
                by_text.setdefault((one, plain(text)), (text, []))[1].append(name)
    for one, package, name in missing:
        text = common(one, package, known)
        by_text.setdefault((one, plain(text)), (text, []))[1].append(name)
    out = [HEAD + "\n".join(rows), "\n\n## Licence texts\n"]
    for (licence, _), (text, names) in sorted(by_text.items(), key=lambda item: (item[0][0], sorted(item[1][1]))):
        title = "Notices" if licence == "notice" else licence
        out.append(f"\n### {title}: {', '.join(sorted(names))}\n\n```text\n{text.replace('```', '` ` `')}\n```\n")
    return "".join(out)


def main():
    new = page()
    if "--check" in sys.argv[1:]:
        with open(PAGE, encoding="utf-8") as file:
            if file.read() != new:
                raise SystemExit(f"{PAGE} is stale: run python3 .ci/licences.py")
        return
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(new)


main()
