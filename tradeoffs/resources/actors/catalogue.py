"""The actors on offer."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.resources.actors.national_platform import NATIONAL_PLATFORM
from tradeoffs.resources.actors.own_numbers import OWN_NUMBERS
from tradeoffs.resources.actors.town_hospital import TOWN_HOSPITAL
from tradeoffs.resources.actors.village_clinic import VILLAGE_CLINIC

ACTORS = Catalogue("actor", (VILLAGE_CLINIC, TOWN_HOSPITAL, NATIONAL_PLATFORM, OWN_NUMBERS))
