"""Hand a named tuple of arrays to compiled code as one reference.

A tuple goes from function to function by value: with some seventy arrays every call copies four kilobytes. A reference
is one pointer, and both sides go on to share the arrays.
"""

from __future__ import annotations

from typing import Any

from numba.core import cgutils, types
from numba.core.extending import intrinsic
from numba.experimental import structref
from numba.experimental.jitclass.base import imp_dtor

from routing.solver.kernel.compiled import compiled


@structref.register
class HandleType(types.StructRef):  # type: ignore[misc,name-defined]  # numba has no types
    """The type of a reference, told apart by the names and types of its fields."""


class Handle(structref.StructRefProxy):  # type: ignore[misc]  # numba has no types
    """A reference as Python holds it: something to pass on. Python reads the tuple it was made from."""


structref.define_boxing(HandleType, Handle)


@intrinsic
def _made_of(_context: Any, parts: Any) -> Any:
    """Return a reference to a new structure with the fields of a named tuple."""
    made = HandleType(tuple(zip(parts.fields, parts.types, strict=True)))

    def generate(target: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        room = target.data_model_manager[made.get_data_type()].get_value_type()
        size = target.get_constant(types.uintp, target.get_abi_sizeof(room))
        info = target.nrt.meminfo_alloc_dtor(builder, size, imp_dtor(target, builder.module, made))
        memory = builder.bitcast(target.nrt.meminfo_data(builder, info), room.as_pointer())
        builder.store(cgutils.get_null_value(room), memory)
        reference = target.make_helper(builder, made)
        reference.meminfo = info
        fields = structref._Utils(target, builder, made).get_data_struct(reference._getvalue())
        for place, (name, kind) in enumerate(zip(parts.fields, parts.types, strict=True)):
            value = builder.extract_value(arguments[0], place)
            target.nrt.incref(builder, kind, value)
            setattr(fields, name, value)
        return reference._getvalue()

    return made(parts), generate


@compiled
def handle(parts: Any) -> Any:
    """Return a reference that compiled code reads like the named tuple `parts`, sharing its arrays."""
    return _made_of(parts)  # type: ignore[call-arg]  # the context is numba's
