"""Refusals: what is wrong with the fields of a model, in words: name, value and what is allowed."""

from typing import Literal, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from tradeoffs.messages.wording import LONGEST_VALUE, cut, short


def refusal(error: ValidationError, model: type[BaseModel]) -> str:
    """Return one line for all that is wrong, joined by semicolons.

    What a validator of the model says itself is repeated as it is; whatever else is wrong with a
    field is told by what its type allows.

    Args:
        error: of the model.
        model: whose fields are named.
    """
    parts: list[str] = []
    for item in error.errors():
        name = str(item["loc"][0]) if item["loc"] else ""
        if item["type"] == "extra_forbidden":
            parts.append(f"unknown field {name!r}; known: {', '.join(model.model_fields)}")
        elif item["type"] == "value_error":
            told = item["msg"].removeprefix("Value error, ")
            parts.append(f"{name}: {told}" if name else told)
        else:
            parts.append(f"{name}={_given(item['input'])} must be {allowed(model, name)}")
    return "; ".join(parts)


def allowed(model: type[BaseModel], name: str) -> str:
    """Return in words what a field may be.

    >>> from tradeoffs.scenario import Scenario
    >>> allowed(Scenario, "epsilon")
    'a number in [0.05, 50], or none'
    >>> allowed(Scenario, "rows")
    'a whole number in [200, 200000]'
    """
    field = model.model_fields[name]
    kinds = get_args(field.annotation) or (field.annotation,)
    if get_origin(field.annotation) is Literal:
        return f"one of {', '.join(map(str, kinds))}"
    if int in kinds or float in kinds:
        kind = "a whole number" if int in kinds else "a number"
        return f"{kind} in {_range(field)}" + (", or none" if type(None) in kinds else "")
    most = next(one.max_length for one in field.metadata if isinstance(one, MaxLen))
    if str in kinds and get_origin(field.annotation) is None:
        return f"text of at most {most} characters"
    if str in kinds:
        return f"at most {most} names"
    return f"at most {most} pairs of a name and a number in [0, 1]"


def _range(field: FieldInfo) -> str:
    low = next(one.ge for one in field.metadata if isinstance(one, Ge))
    high = next(one.le for one in field.metadata if isinstance(one, Le))
    return f"[{low:.10g}, {high:.10g}]"  # pyright: ignore[reportArgumentType]


def _given(value: object) -> str:
    """Return a value as it was given; a number in text without quotes."""
    try:
        float(str(value))
    except ValueError:
        return short(value)
    return cut(str(value), LONGEST_VALUE)
