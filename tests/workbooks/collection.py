"""All odd workbooks that are read."""

from tests.workbooks.odd_numbers import NUMBERS
from tests.workbooks.odd_packages import PACKAGES
from tests.workbooks.odd_places import PLACES
from tests.workbooks.odd_texts import TEXTS

SOUND = (*PLACES, *TEXTS, *NUMBERS, *PACKAGES)
