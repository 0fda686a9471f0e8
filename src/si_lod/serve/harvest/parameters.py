"""What an address may say, as OpenAPI has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from si_lod.serve.harvest.operation import Parameter


def parameter_object(parameter: Parameter, path: str) -> dict[str, Any]:
    """Return the parameter as it is in ``path``, or else in the query string (OpenAPI 3.1.0 §4.8.12)."""
    inside = f"{{{parameter.name}}}" in path
    example = parameter.example or (parameter.choices[0] if inside and parameter.choices else "")
    return {
        "name": parameter.name,
        "in": "path" if inside else "query",
        "description": parameter.about,
        **({"required": True} if inside else {}),
        "schema": schema_object(parameter),
        **({"style": "form", "explode": True} if parameter.free or parameter.repeated else {}),
        **({"example": int(example) if parameter.schema == "integer" else example} if example else {}),
    }


def schema_object(parameter: Parameter) -> dict[str, Any]:
    """Return the schema of what the parameter may be, of all values together if there may be several."""
    one: dict[str, Any] = {"type": parameter.schema}
    if parameter.schema == "integer":
        one["minimum"] = 1
    if parameter.choices:
        one["enum"] = list(parameter.choices)
    if parameter.free:
        return {"type": "object", "additionalProperties": one}
    return {"type": "array", "items": one} if parameter.repeated else one
