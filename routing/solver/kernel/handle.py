"""Hand a named tuple of arrays to compiled code as one address.

Compiled code counts who uses each array that it is given, by atomic operations at almost every access: more work than
the search itself, and two searches that share arrays wait for each other. What it reaches by an address is kept alive
by Python and counted by nobody; and since the words at the address never change, it reads them once per loop.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np import numpy_support

_WORD = types.int64


class Lent(types.Array):
    """The type of an array in rows without gaps whose memory somebody else looks after."""

    def __init__(self, dtype: Any, ndim: int) -> None:
        super().__init__(dtype, ndim, "C", name=f"lent({dtype}, {ndim}d)")

    def copy(self, dtype: Any = None, ndim: int | None = None, layout: Any = None, readonly: Any = None) -> Any:
        """Return the type of a part of such an array: a row of it is lent as well."""
        if dtype is None and layout in (None, "C"):
            return Lent(self.dtype, self.ndim if ndim is None else ndim)
        return super().copy(dtype, ndim, layout, readonly)


@register_model(Lent)
class LentModel(models.StructModel):  # type: ignore[misc]
    """An array as compiled code has it, with nothing to count."""

    def __init__(self, manager: Any, kind: Lent) -> None:
        words = types.UniTuple(types.intp, kind.ndim)  # type: ignore[attr-defined]  # numba has few types
        members = [
            ("meminfo", types.voidptr),
            ("parent", types.voidptr),
            ("nitems", types.intp),
            ("itemsize", types.intp),
            ("data", types.CPointer(kind.dtype)),  # type: ignore[attr-defined]
            ("shape", words),
            ("strides", words),
        ]
        super().__init__(manager, kind, members)


class HandleType(types.Type):
    """The type of an address, told apart by the names and types of the fields behind it."""

    def __init__(self, label: str, fields: tuple[tuple[str, Any], ...]) -> None:
        self.fields = fields
        super().__init__(name=f"Handle.{label}")

    @property
    def key(self) -> Any:
        """Return what tells this type from others."""
        return self.name, self.fields


register_model(HandleType)(models.OpaqueModel)


class Handle:
    """An address as Python holds it: something to pass on. The arrays live as long as it does."""

    def __init__(self, parts: Any) -> None:
        words, fields = list[int](), list[tuple[str, Any]]()
        for name, value in zip(parts._fields, parts, strict=True):
            if not isinstance(value, np.ndarray):
                words.append(int(value))
                fields.append((name, types.boolean if isinstance(value, bool) else _WORD))
                continue
            if not value.flags.c_contiguous:
                raise TypeError(f"{name} must lie in rows without gaps")
            words += [value.ctypes.data, *value.shape]
            fields.append((name, Lent(numpy_support.from_dtype(value.dtype), value.ndim)))
        self.parts = parts
        self.kind = HandleType(type(parts).__name__, tuple(fields))
        self._words = np.array(words, np.int64)
        self.address = self._words.ctypes.data


def handle(parts: Any) -> Any:
    """Return a reference that compiled code reads like the named tuple `parts`, sharing its arrays."""
    return Handle(parts)


@typeof_impl.register(Handle)  # type: ignore[untyped-decorator]
def _typed(made: Handle, _context: Any) -> HandleType:
    return made.kind


@unbox(HandleType)  # type: ignore[untyped-decorator]
def _unboxed(_kind: HandleType, made: Any, context: Any) -> Any:
    number = context.pyapi.object_getattr_string(made, "address")
    address = context.pyapi.long_as_voidptr(number)
    context.pyapi.decref(number)
    return NativeValue(address, is_error=cgutils.is_not_null(context.builder, context.pyapi.err_occurred()))


@infer_getattr
class _Fields(AttributeTemplate):  # type: ignore[misc]
    key = HandleType

    def generic_resolve(self, kind: HandleType, name: str) -> Any:
        return dict(kind.fields).get(name)


@lower_getattr_generic(HandleType)  # type: ignore[untyped-decorator]
def _field(context: Any, builder: Any, kind: HandleType, address: Any, name: str) -> Any:
    """Return a field from the words at an address: a number, or an array's data and shape."""
    place, wanted = 0, None
    for field, wanted in kind.fields:
        if field == name:
            break
        place += 1 + (wanted.ndim if isinstance(wanted, Lent) else 0)
    word = context.get_value_type(_WORD)
    words = builder.bitcast(address, word.as_pointer())

    def read(at: int) -> Any:
        value = builder.load(cgutils.gep(builder, words, place + at))
        value.set_metadata("invariant.load", builder.module.add_metadata([]))
        return value

    if not isinstance(wanted, Lent):
        return context.cast(builder, read(0), _WORD, wanted)
    shape = [read(1 + axis) for axis in range(wanted.ndim)]
    return _array(context, builder, wanted, read(0), shape)


def _array(context: Any, builder: Any, kind: Lent, data: Any, shape: list[Any]) -> Any:
    """Return an array of rows without gaps at an address."""
    made = context.make_array(kind)(context, builder)
    size = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
    strides, step = list[Any](), size
    for length in reversed(shape):
        strides.insert(0, step)
        step = builder.mul(step, length)
    made.meminfo = made.parent = cgutils.get_null_value(cgutils.voidptr_t)
    made.nitems = builder.sdiv(step, size)
    made.itemsize = size
    made.data = builder.inttoptr(data, context.get_data_type(kind.dtype).as_pointer())
    made.shape = cgutils.pack_array(builder, shape)
    made.strides = cgutils.pack_array(builder, strides)
    return made._getvalue()
