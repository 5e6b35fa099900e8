"""The page of licences is what the lock, the codebooks and the installed packages say."""

from email.message import Message
from importlib.metadata import PackageMetadata
from typing import cast

import pytest

from deploy.licences import PAGE, licence, packages, page
from deploy.lock import requirements


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m deploy.licences"


def test_the_page_has_every_package_of_the_image():
    assert {one.name for one in requirements()[""]} <= packages().keys()
    assert len(packages()) > 50


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ({"License-Expression": "MIT", "License": "see file"}, "MIT"),
        ({"Classifier": "License :: OSI Approved :: BSD License", "License": "x"}, "BSD License"),
        ({"License": "\nMPL-2.0\nThe whole text\n", "Classifier": "Topic :: Text"}, "MPL-2.0"),
    ],
)
def test_the_most_exact_statement_counts(stated, found):
    assert licence(about(stated)) == found


def test_a_package_without_licence_is_an_error():
    with pytest.raises(LookupError, match="x states no licence"):
        licence(about({"Classifier": "License :: Other/Proprietary License"}))


def about(stated: dict[str, str]) -> PackageMetadata:
    """Return metadata as importlib has them."""
    message = Message()
    message["Name"] = "x"
    for name, text in stated.items():
        message.add_header(name, text)
    return cast(PackageMetadata, message)
