"""The ways of clipping on offer."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.engine.clipping.clipping import Clipping
from tradeoffs.engine.clipping.dpsgd_f import DPSGD_F
from tradeoffs.engine.clipping.flat import FLAT
from tradeoffs.engine.clipping.global_adapt import GLOBAL_ADAPT

CLIPPINGS: Catalogue[Clipping] = Catalogue("clipping", (FLAT, DPSGD_F, GLOBAL_ADAPT))
