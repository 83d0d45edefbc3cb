"""Which browser on which machine, in words its owner knows; browsers describe themselves in riddles."""

# What marks a browser, the most telling first: nearly all of them also claim to be Chrome and Safari.
_BROWSERS = (
    ("coc_coc_browser/", "Cốc Cốc"),
    ("Zalo", "Zalo"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("Android", "điện thoại Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "máy Windows"),
    ("Mac OS X", "máy Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "máy Linux"),
)


def browser_in_words(user_agent: str) -> str:
    """Say `Chrome trên máy Windows`; what is not known stays unsaid."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Trình duyệt khác")
    machine = next((name for mark, name in _MACHINES if mark in user_agent), "")
    return f"{browser} trên {machine}" if machine else browser
