"""The patterns of distribution on offer."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.values.preferences.patterns.egalitarian import EGALITARIAN
from tradeoffs.values.preferences.patterns.maximin import MAXIMIN
from tradeoffs.values.preferences.patterns.need import NEED
from tradeoffs.values.preferences.patterns.prioritarian import PRIORITARIAN
from tradeoffs.values.preferences.patterns.sufficientarian import SUFFICIENTARIAN

PATTERNS = Catalogue("pattern", (EGALITARIAN, MAXIMIN, PRIORITARIAN, SUFFICIENTARIAN, NEED))
