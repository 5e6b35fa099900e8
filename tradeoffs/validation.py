"""Validation: what pydantic finds wrong with the fields of a model, as errors of our own."""

import math
from typing import Literal, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from tradeoffs.errors import InvalidInput


def invalid(error: ValidationError, model: type[BaseModel]) -> InvalidInput:
    """Return one error for all that is wrong.

    What a validator of the model raises itself is kept; whatever else is wrong with a field is told
    by what its type allows.

    Args:
        error: of the model.
        model: whose fields are named.
    """
    faults: list[InvalidInput] = []
    for item in error.errors():
        name = str(item["loc"][0]) if item["loc"] else ""
        if item["type"] == "extra_forbidden":
            known = tuple(model.model_fields)
            faults.append(InvalidInput("unknown", kind="field", name=name, known=known))
        elif item["type"] == "value_error":
            fault = item["ctx"]["error"]  # pyright: ignore[reportTypedDictNotRequiredAccess]
            faults.append(InvalidInput("field_fault", field=name, fault=fault) if name else fault)
        else:
            faults.append(outside(model, name, _number(item["input"])))
    return faults[0] if len(faults) == 1 else InvalidInput("several", faults=tuple(faults))


def first_fault(error: ValidationError) -> InvalidInput:
    """Return the first thing that is wrong with a file: our own error, or the place in the file."""
    first = error.errors()[0]
    own = first.get("ctx", {}).get("error")
    if isinstance(own, InvalidInput):
        return own
    place = ".".join(str(part) for part in first["loc"])
    return InvalidInput("part_not_usable", place=place, reason=first["msg"])


def outside(model: type[BaseModel], name: str, value: object) -> InvalidInput:
    """Return the error of a value that its field does not allow.

    >>> from tradeoffs.scenario import Scenario
    >>> str(outside(Scenario, "epsilon", -1))
    'epsilon=-1 must be a number in [0.05, 50], or none'
    >>> str(outside(Scenario, "rows", "few"))
    "rows='few' must be a whole number in [50, 200000]"
    """
    field = model.model_fields[name]
    kinds = get_args(field.annotation) or (field.annotation,)
    if get_origin(field.annotation) is Literal:
        return InvalidInput("not_one_of", field=name, value=value, known=kinds)
    if int in kinds or float in kinds:
        low, high = _range(field)
        if int in kinds:
            return InvalidInput("not_whole", field=name, value=value, low=low, high=high)
        return InvalidInput(
            "not_a_number_or_none" if type(None) in kinds else "not_a_number",
            field=name,
            value=value,
            low=low,
            high=high,
        )
    most = next(one.max_length for one in field.metadata if isinstance(one, MaxLen))
    if str in kinds and get_origin(field.annotation) is None:
        return InvalidInput("not_text", field=name, value=value, most=most)
    return InvalidInput(
        "not_names" if str in kinds else "not_pairs", field=name, value=value, most=most
    )


def _range(field: FieldInfo) -> tuple[object, object]:
    low = next(one.ge for one in field.metadata if isinstance(one, Ge))
    high = next(one.le for one in field.metadata if isinstance(one, Le))
    return low, high


def _number(value: object) -> object:
    """Return a number that stands in text as one, so that it is told without quotes."""
    if not isinstance(value, str):
        return value
    for kind in (int, float):
        try:
            found = kind(value)
        except ValueError:
            continue
        return found if math.isfinite(found) else value
    return value
