"""The script: fifty minutes, one scene for each round of a workshop, and nothing said twice."""

from tradeoffs.rooms.workshop_script import MINUTES, SCENES, script_text


def test_it_takes_fifty_minutes_and_each_scene_says_something():
    assert MINUTES == 50
    assert all(one.say and one.do and one.minutes > 0 for one in SCENES)


def test_names_and_sentences_are_unique():
    said = [text for one in SCENES for text in (*one.say, *one.do)]
    assert len(set(said)) == len(said)
    assert len({one.name for one in SCENES}) == len(SCENES)


def test_the_page_of_the_documentation_has_every_sentence_and_when_it_begins():
    text = script_text()
    assert all(sentence in text for one in SCENES for sentence in (*one.say, *one.do))
    assert "### 0 to 4 minutes: Arrive" in text and "### 47 to 50 minutes: Record" in text
