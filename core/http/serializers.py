from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that refuses fields it does not know, instead of dropping them in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError(
                    {
                        str(name)[:80]: ["This field is not known here or is set by the server."]
                        for name in unknown
                    }
                )
        return super().to_internal_value(data)


def validated(serializer_class: type[serializers.BaseSerializer[Any]], data: Any) -> dict[str, Any]:
    """Return ``data`` checked by ``serializer_class``.

    Raises
    ------
    rest_framework.exceptions.ValidationError
        Which becomes a 400 problem document naming each field.
    """
    serializer = serializer_class(data=data)
    serializer.is_valid(raise_exception=True)
    result: dict[str, Any] = serializer.validated_data
    return result
