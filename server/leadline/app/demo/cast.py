"""Who appears: the team, and the people who inquire. Every address and number is an example."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from leadline.kit import text
from leadline.workspaces.rules import Role

HEBREW = "he"
# Country, calling code and example range, cities; numbers of these ranges belong to nobody.
_PLACES = {
    "IL": ("+97255555{:04d}", ("Tel Aviv", "Haifa", "Jerusalem", "Ra'anana", "Be'er Sheva", "Netanya")),
    "US": ("+1212555{:04d}", ("New York", "Hoboken", "Yonkers")),
    "DE": ("+4917139200{:02d}", ("Berlin", "Hamburg", "Munich")),
    "SE": ("+4670174{:04d}", ("Stockholm", "Malmö")),
}
_RANGES = {"IL": range(100, 9900), "US": range(100, 200), "DE": range(10, 100), "SE": range(605, 700)}
_FIRST = (
    "Emma Liam Sofia Noah Mia Lucas Hannah Oliver Elena Mateo Clara Felix Ingrid Jonas Amara Daniel Leila "
    "Marco Nina Viktor Aisha Tomas Julia Samuel Priya Anders Chloe Rafael Greta Hugo Zoe Karim"
)
_LAST = (
    "Bergström Weiss Costa Lindqvist Moreau Fischer Okafor Petrov Silva Novak Haddad Keller Rossi Andersen "
    "Mendes Schneider Cohen Fontaine Larsen Kowalski Ferrari Brandt Nilsson Romero Vogel Patel Hansen "
    "Dubois Levi Martins Ekström Bauer"
)
_FIRST_HE = "נועה דניאל תמר איתי יעל עומר מיכל אלון שירה גיא רוני אורי הילה עידו ליאת ניר דנה אסף"
_LAST_HE = "כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן שפירא גולן ברק שלום אלמוג רוזן חדד סגל"
_FIRMS = (
    "Olive Grove Bakery", "Harbour Dental", "Meridian Logistics", "Bluebird Kindergarten", "Cedar Hotel",
    "Kestrel Printing", "Sunfield Farms", "Atlas Fitness", "Granite Tools", "Lighthouse Books",
    "Orchard Clinic", "Pioneer Packaging", "Riverside Brewery", "Summit Architects", "Tidewater Seafood",
    "Willow Care Home", "Copperfield School", "Northgate Motors", "Saffron Kitchens", "Marble & Sons",
    "Juniper Spa", "Foxglove Flowers", "Ironbridge Steel", "Lavender Hill Winery",
)  # fmt: skip
_FIRMS_HE = ("מאפיית הגליל", "מרפאת הכרמל", "יקב השרון", "דפוס ירושלים", "גן הפרחים", "נגריית האלון")
_TITLES = ("Owner", "Managing director", "Facility manager", "Office manager", "Head of operations")
_TITLES_HE = ("בעלים", "מנהלת תפעול", "מנהל משרד")


@dataclass(frozen=True)
class Colleague:
    """Somebody in the team of the story."""

    name: str
    role: Role
    teams: tuple[str, ...] = ()
    phone: str = ""

    @property
    def mailbox(self) -> str:
        """The part of the mail address before the @."""
        return self.name.split()[0].lower()


NORTH, SOUTH = "North", "South"
COLLEAGUES = (
    Colleague("Mona Adler", Role.MANAGER, (NORTH, SOUTH), "+972555550001"),
    Colleague("Rita Levin", Role.REP, (NORTH,), "+972555550002"),
    Colleague("Omer Haddad", Role.REP, (NORTH,), "+972555550003"),
    Colleague("Sam Whitfield", Role.REP, (SOUTH,), "+972555550004"),
    Colleague("Lena Novak", Role.REP, (SOUTH,), "+972555550005"),
    Colleague("Adam Stern", Role.ADMIN),
    Colleague("Maya Chen", Role.MARKETING),
    Colleague("Tom Becker", Role.READ_ONLY),
)


@dataclass(frozen=True)
class Character:
    """Somebody who inquires."""

    # Private people give a phone number only: a mail domain would be taken for their company.
    name: str
    company: str
    title: str
    city: str
    country: str
    language: str
    phone: str
    email: str

    @property
    def first_name(self) -> str:
        """What one calls them."""
        return self.name.split()[0]


class Casting:
    """Finds people for the parts, each name and number once; the same seed finds the same people.

    Two castings with different sides (0 and 1) never give away the same number.
    """

    def __init__(self, rng: Random, *, side: int = 0) -> None:
        self._rng = rng
        self._names: set[str] = set()
        self._numbers = {
            country: rng.sample(numbers[side::2], len(numbers[side::2]))
            for country, numbers in _RANGES.items()
        }

    def somebody(self, *, hebrew: bool, business: bool) -> Character:
        """A person, with a company if it is a business."""
        name = self._name(hebrew)
        country = "IL" if hebrew else self._rng.choices(("IL", "US", "DE", "SE"), (6, 2, 1, 1))[0]
        if not self._numbers[country]:
            country = "IL"
        pattern, cities = _PLACES[country]
        firms, titles = (_FIRMS_HE, _TITLES_HE) if hebrew else (_FIRMS, _TITLES)
        firm = self._rng.choice(firms) if business else ""
        return Character(
            name=name,
            company=firm,
            title=self._rng.choice(titles) if business else "",
            city=self._rng.choice(cities),
            country=country,
            language=HEBREW if hebrew else "en",
            phone=pattern.format(self._numbers[country].pop()),
            email=self._address(name, firm),
        )

    def _name(self, hebrew: bool) -> str:
        first, last = (_FIRST_HE, _LAST_HE) if hebrew else (_FIRST, _LAST)
        while True:
            name = f"{self._rng.choice(first.split())} {self._rng.choice(last.split())}"
            if name not in self._names:
                self._names.add(name)
                return name

    def _address(self, name: str, firm: str) -> str:
        if not firm:
            return ""
        # Hebrew names have no spelling of their own in an address.
        box = text.slug(name, separator=".") if name.isascii() else f"post{self._rng.randrange(100, 1000)}"
        domain = text.slug(firm) if firm.isascii() else f"firm{_FIRMS_HE.index(firm) + 1}"
        return f"{box}@{domain}.test"
