"""What `./maiam WORD` does: the house's own words first, any other goes to the product's command line."""

import sys

from launcher import checks, product, site
from launcher.say import TroubleError, say

WORDS = {
    "up": (site.up, "install, start the database, load the demo province and serve the site [--check] [--port N]"),
    "test": (checks.test, "run every test, browser tests included [pytest arguments]"),
    "check": (checks.check, "formatting, lint, types, walls between modules, templates, migrations"),
    "fix": (checks.fix, "format the code and repair what the linter can"),
    "bench": (checks.bench, "measure speed as ratios, side by side in one run"),
    "link": (product.link, "find the doubles of a CSV file: FILE.csv --out PAIRS.csv [--help]"),
    "hotspots": (product.hotspots, "scan | aberration | near-repeat | local | categories of CSV files [--help]"),
    "lock": (checks.lock, "write requirements/*.txt again after a change of pyproject.toml"),
}


def main(arguments: list[str]) -> int:
    if sys.version_info[:2] != (3, 11):
        say(f"Mái Ấm needs Python 3.11; this is {sys.version.split()[0]}.")
        return 2
    if not arguments or arguments[0] in {"help", "--help", "-h"}:
        return _list_words()
    word, rest = arguments[0], arguments[1:]
    try:
        return WORDS[word][0](rest) if word in WORDS else product.run(arguments)
    except TroubleError as trouble:
        say(str(trouble))
        return 1
    except KeyboardInterrupt:
        return 130


def _list_words() -> int:
    print("Usage: ./maiam WORD [arguments]\n")
    for word, (_, does) in WORDS.items():
        print(f"  {word:<9} {does}")
    print("\nAny other words go to the product, for example `./maiam places load` or `./maiam audit verify`:")
    print("`./maiam commands` lists them all.")
    return 0
