"""What people read of a codebook is told in the language of the run; its codes stay."""

import pickle

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word, words
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.data.shifts.catalogue import title_of
from tradeoffs.language.current import in_language


def test_titles_of_a_codebook_are_told_and_its_groups_stay():
    book = dataset("adult").codebook
    with in_language("fr"):
        (sex, _) = book.protected
        assert (sex.title, sex.names) == ("sexe", ("Female", "Male"))
        assert book.labels[0].title.startswith("revenu de plus de 50\u202f000")
        assert pickle.loads(pickle.dumps(book)) == book
        assert "sexe" not in book.model_dump_json()
    assert book.protected[0].title == "sex"


def test_what_is_kept_of_a_table_is_in_no_language():
    with in_language("fr"):
        load_encoded.cache_clear()
        load_split.cache_clear()
        table = load_split("hmda").train
        assert dataset("hmda").codebook.features[1].title == "coût du logement en part du revenu"
    assert table.features[1].title == "housing cost as a share of income"


def test_values_groups_crossings_and_communities_have_words():
    found = ("Male", "Female, Black", "town 3", "under 1.5", "20 to 24", "a visitor's word")
    assert words(found) == found
    with in_language("fr"):
        assert word("Male") == "hommes"
        assert word("Female, Black") == "femmes, personnes noires"
        assert words(found[2:]) == (
            "ville 3", "moins de 1,5", "20 à 24", "a visitor's word",
        )  # fmt: skip
        assert title_of("place.new_england").endswith("Nouvelle-Angleterre")
        assert title_of("opt_out.female_black").endswith("femmes, personnes noires")
    assert title_of("place.new_england") == "another place: new england"


def test_what_an_own_table_is_described_by_has_words():
    with in_language("fr"):
        assert (
            word("What is “hired”: yes, or no?")
            == "Que vaut «\u00a0hired\u00a0»\u00a0: oui, ou non\u202f?"
        )
        assert word("counted as yes: yes; as no: no; left out: perhaps (3 rows)").endswith(
            "laissés de côté\u00a0: perhaps (3 lignes)"
        )
        changed = "schooling: “doctorate” and hours worked per week: “40”"
        assert word(changed).endswith(" et heures de travail par semaine\u00a0: «\u00a040\u00a0»")
        assert (
            word("schooling (10th grade); age (40)")
            == "niveau d’études (10e année)\u202f; âge (40)"
        )
