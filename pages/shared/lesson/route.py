"""The address of a lesson: its name, step, moved sliders, what a teacher locks or hides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from mimetypes import guess_type
from typing import Literal
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from pages.shared.details.take_home import frame
from pages.shared.explorer.origin import remember
from pages.shared.kit import language
from tradeoffs.errors import InvalidInput
from tradeoffs.kit.kit import PIECES, kit_zip
from tradeoffs.kit.openings import are_shipped
from tradeoffs.kit.words import own_language, words
from tradeoffs.language.current import keep_language
from tradeoffs.language.translation import say, translate
from tradeoffs.lessons.lesson import Lesson, Slider, Value
from tradeoffs.lessons.lesson_paths import PATHS
from tradeoffs.scenario import as_text

Controls = Literal["open", "locked", "hidden"]
PAGE = "pages/lesson.py"
WRITTEN = "written"  # in the session: what the address says since a slider was moved last
CONTROLS: tuple[Controls, ...] = ("open", "locked", "hidden")


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """Where in a lesson one is, and how it is shown.

    `step` counts from 0; the one behind the last is the summary.
    """

    step: int
    moved: Mapping[str, Value]
    controls: Controls
    presenter: bool
    linked: bool = False  # whether the browser came to this address, in place of a slider
    path: str = ""  # that the lesson is gone through on; "" for none


def arrive(entry: Lesson) -> Route:
    """Read the address; what cannot be used is told and left out."""
    query = st.query_params.to_dict()
    told: list[str] = []
    step = _step(entry, query.get("step"), told)
    controls = query.get("controls", "open")
    if controls not in CONTROLS:
        known = ", ".join(CONTROLS)
        told.append(
            say("controls={value} must be one of: {known}", value=repr(controls), known=known)
        )
        controls = "open"
    view = query.get("view", "page")
    if view not in ("page", "presenter"):
        told.append(say("view={value} must be page or presenter", value=repr(view)))
    path = query.get("path", "")
    if path and (path not in PATHS or entry.name not in PATHS[path].lessons):
        known = [one.name for one in PATHS.values() if entry.name in one.lessons]
        told.append(
            say(
                "path={value} must be one that has this lesson: {known}",
                value=repr(path),
                known=", ".join(known) or translate("none", "of paths"),
            )
        )
        path = ""
    moved: dict[str, Value] = {}
    sliders = entry.steps[step].sliders if step < len(entry.steps) else ()
    for slider in sliders:
        if slider.name in query:
            _take(slider, query[slider.name], moved, told)
    for text in told:
        st.warning(say("In the link, {text}. The default is used instead.", text=text))
    remember(entry.name, query)
    return Route(
        step=step,
        moved=moved,
        controls=controls,  # type: ignore[arg-type]
        presenter=view == "presenter",
        linked=st.session_state.get(WRITTEN) != query,
        path=path,
    )


def _step(entry: Lesson, text: str | None, told: list[str]) -> int:
    if text is None:
        return 0
    last = len(entry.steps) + 1
    if text.isascii() and text.isdigit() and 1 <= int(text) <= last:
        return int(text) - 1
    told.append(
        say("step={value} must be a whole number from 1 to {last}", value=repr(text), last=last)
    )
    return 0


def _take(slider: Slider, text: str, moved: dict[str, Value], told: list[str]) -> None:
    try:
        moved[slider.name] = slider.read(text)
    except InvalidInput as refusal:
        told.append(str(refusal))


def query(
    entry: Lesson, here: Route, step: int, moved: Mapping[str, Value] | None = None
) -> dict[str, str]:
    """Return what the address says of a step; defaults are left out."""
    found = {"lesson": entry.name, "step": str(step + 1)}
    if here.presenter:
        found["view"] = "presenter"
    if here.controls != "open":
        found["controls"] = here.controls
    if here.path:
        found["path"] = here.path
    if step < len(entry.steps) and moved:
        default = entry.setting(step)
        found |= {name: as_text(value) for name, value in moved.items() if default[name] != value}
    return found


def write(entry: Lesson, here: Route) -> None:
    """Write moved sliders into the address, if it says otherwise."""
    wanted = language.kept(query(entry, here, here.step, here.moved))
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[WRITTEN] = wanted


def go(entry: Lesson, here: Route, step: int) -> None:
    """Go to another step; a callback, since a rerun after it would lose the new address."""
    st.query_params.from_dict(language.kept(query(entry, here, step)))


def step_title(entry: Lesson, step: int) -> str:
    """Return what stands above a step, or above the end."""
    total = len(entry.steps)
    if step == total:
        return say("What did you see?")
    return say("{step} of {all}: {title}", step=step + 1, all=total, title=entry.steps[step].title)


def ways(entry: Lesson, here: Route, *, onward: bool) -> None:
    """Draw the way back, and the way on once the step has shown its answer."""
    last = len(entry.steps)
    on = say("Next →") if here.step < last - 1 else say("What did you see? →")
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        for key, label, to in (("back", say("← Back"), here.step - 1), ("on", on, here.step + 1)):
            if 0 <= to <= last and (onward or key == "back"):
                st.button(
                    label,
                    key=key,
                    type="primary" if key == "on" else "secondary",
                    on_click=go,
                    args=(entry, here, to),
                )


def links(entry: Lesson, here: Route) -> None:
    """Draw the links and hand-outs that a teacher takes along."""
    st.caption(
        say("Links to this step, for the learners of a class; guesses stay in each one's browser.")
    )
    ways: dict[str, dict[str, str]] = {
        say("sliders move"): {},
        say("sliders are locked"): {"controls": "locked"},
        say("sliders are hidden"): {"controls": "hidden"},
        say("presenter's view: → or Page Down goes on, ← or Page Up back"): {"view": "presenter"},
    }
    at = query(
        entry, Route(step=0, moved={}, controls="open", presenter=False), here.step, here.moved
    )
    for title, more in ways.items():
        st.markdown(f"[{title}](lesson?{urlencode(language.kept(at | more))})")
    st.markdown(say("This step in a page of yours, such as a course's, without menu and title:"))
    where = urlsplit(st.context.url or "")
    frame(urlunsplit(where._replace(query=urlencode(at), fragment="")), entry.title)
    take_along(entry)


def take_along(entry: Lesson) -> None:
    """Draw a download for the kit of a lesson, and for those of its files that are used alone."""
    if not are_shipped(entry):  # a lesson of one's own that is being written
        st.caption(
            say("For hand-outs, run `tradeoffs lessons precompute {name}` first.", name=entry.name)
        )
        return
    say_kit = words(own_language())
    with st.container(horizontal=True):
        _download(
            say_kit("guide", "button kit"),
            f"{entry.name}.zip",
            partial(kit_zip, entry, say_kit.language),
        )
        for piece in PIECES:
            if piece.alone:
                made = partial(piece.write, entry, say_kit)
                label = say_kit("guide", f"button {piece.name}")
                _download(label, f"{entry.name}_{piece.path}", made)


def _download(label: str, file: str, make: Callable[[], str | bytes]) -> None:
    """Draw a button whose file is made when it is pressed."""
    kind, _ = guess_type(file)
    st.download_button(
        label,
        keep_language(make),
        file_name=file,
        mime=kind or "text/plain",
        on_click="ignore",
    )
