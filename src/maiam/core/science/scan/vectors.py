"""The one loop that is written for the machine: along a row of zones, with the counts of 128 replicates in registers.

numba leaves counts in memory between two neighbours, and widens sixteen bits to sixty-four; an order of magnitude is
lost on the way. So this loop is given to the compiler as vectors (numba's `intrinsic`), which it fits to any processor.
What it says is said again in plain numpy by `replicates.maxima_plain`.
"""

from functools import reduce
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

LANES = 128
# Zones looked at together: ever more, the farther along a row, and the rest one by one.
WIDTHS = (1, 2, 4, 8, 1)
WIDEST = max(WIDTHS)
_PART = 16
_I64 = ir.IntType(64)

Values = list[Any]


@intrinsic
def grow(typing_context, arrays, count, at):  # noqa: ARG001 - numba calls it so
    """Add neighbour after neighbour until some lane's count reaches its number for the zone.

    Parameters
    ----------
    arrays : tuple of four or five arrays
        `lanes` : uint8, or of the counts' kind, shape (places, LANES); `order` : int32, shape (rows, k); `slots` :
        uint16, shape (steps, rows, blocks); `highs` : as `count`, shape (levels, slots, LANES); and, to stop too where
        a count is no more than its number there, `lows` alike.
    count : int16 or int32 array of shape (LANES,)
        Counts before the first block; counts at the end of the block where it stopped.
    at : tuple of (step, row, level, k, block, upto 1, upto 2, upto 4, size)
        Where to begin, by neighbour and by block; up to which neighbour blocks hold one zone, two, and four; where the
        row ends.

    Returns
    -------
    int64
        ``block << 48 | first << 24 | last``: the block that was reached in some lane, with its first neighbour and the
        one after its last; -1 when none was.
    """
    return types.int64(arrays, count, at), _emit


def _emit(context, builder, signature, values):
    kinds = [*signature.args[0].types, signature.args[1]]
    arrays = [
        context.make_array(kind)(context, builder, value)
        for kind, value in zip(kinds, [*cgutils.unpack_tuple(builder, values[0]), values[1]], strict=True)
    ]
    return _Row(builder, arrays).grow(cgutils.unpack_tuple(builder, values[2]))


class _Row:
    """Writes the loop: counts are eight vectors that go round it."""

    def __init__(self, builder: Any, arrays: Values) -> None:
        self.builder = builder
        self.lanes, self.order, self.slots, self.highs, *self.lows, self.count = arrays
        self.kind = self.count.data.type.pointee
        self.vector = ir.VectorType(self.kind, _PART)
        self.bytes = self.kind.width // 8

    def grow(self, at: Values) -> Any:
        builder = self.builder
        step, row, level, k, block, *ends, size = at
        rows, wide = cgutils.unpack_tuple(builder, self.slots.shape)[1:]
        self.near = self._at(self.order, builder.mul(row, cgutils.unpack_tuple(builder, self.order.shape)[1]))
        self.own = self._at(self.slots, builder.mul(builder.add(builder.mul(step, rows), row), wide))
        self.base = builder.mul(level, cgutils.unpack_tuple(builder, self.highs.shape)[1])
        self.out = builder.append_basic_block("out")
        self.stops: list[tuple[Any, Values, Any]] = []

        counts = [self._load(self.count, builder.mul(_I64(part), _I64(_PART))) for part in range(LANES // _PART)]
        for width, end in zip(WIDTHS, (*ends, size, size), strict=True):
            is_before = builder.icmp_signed("<", end, size)
            k, block, *counts = self._loop(width, builder.select(is_before, end, size), [k, block, *counts])
        self.stops.append((_I64(-1), counts, builder.block))
        builder.branch(self.out)
        return self._leave()

    def _loop(self, width: int, until: Any, state: Values) -> Values:
        """Go round while another block of this width ends no later than `until`."""
        builder, before = self.builder, self.builder.block
        head, body, done = (builder.append_basic_block(name) for name in ("head", "body", "done"))
        builder.branch(head)
        builder.position_at_end(head)
        now = [builder.phi(value.type) for value in state]
        for phi, value in zip(now, state, strict=True):
            phi.add_incoming(value, before)
        k, block, *counts = now
        after = builder.add(k, _I64(width))
        builder.cbranch(builder.icmp_signed("<=", after, until), body, done)

        builder.position_at_end(body)
        for neighbour in range(width):
            place = builder.sext(builder.load(builder.gep(self.near, [builder.add(k, _I64(neighbour))])), _I64)
            start = builder.mul(place, _I64(LANES))
            parts = [self._added(builder.add(start, _I64(part * _PART))) for part in range(len(counts))]
            counts = [builder.add(count, part) for count, part in zip(counts, parts, strict=True)]
        where = builder.or_(builder.shl(block, _I64(48)), builder.or_(builder.shl(k, _I64(24)), after))
        self.stops.append((where, counts, builder.block))
        following = builder.append_basic_block("following")
        builder.cbranch(self._is_reached(block, counts), self.out, following)
        builder.position_at_end(following)
        for phi, value in zip(now, (after, builder.add(block, _I64(1)), *counts), strict=True):
            phi.add_incoming(value, following)
        builder.branch(head)

        builder.position_at_end(done)
        return now

    def _leave(self) -> Any:
        builder = self.builder
        builder.position_at_end(self.out)
        where, *counts = [builder.phi(value.type) for value in (self.stops[0][0], *self.stops[0][1])]
        for at, sums, origin in self.stops:
            for phi, value in zip((where, *counts), (at, *sums), strict=True):
                phi.add_incoming(value, origin)
        for part, value in enumerate(counts):
            place = builder.bitcast(self._at(self.count, _I64(part * _PART)), self.vector.as_pointer())
            builder.store(value, place, align=self.bytes)
        return where

    def _is_reached(self, block: Any, counts: Values) -> Any:
        builder = self.builder
        slot = builder.zext(builder.load(builder.gep(self.own, [block])), _I64)
        start = builder.mul(builder.add(self.base, slot), _I64(LANES))
        flags = []
        for than, limits in [(">=", self.highs), *[("<=", low) for low in self.lows]]:
            for part, count in enumerate(counts):
                limit = self._load(limits, builder.add(start, _I64(part * _PART)))
                flags.append(builder.icmp_signed(than, count, limit))
        bits = ir.IntType(_PART)
        return builder.icmp_unsigned("!=", builder.bitcast(reduce(builder.or_, flags), bits), bits(0))

    def _at(self, array: Any, offset: Any) -> Any:
        return self.builder.gep(array.data, [offset])

    def _load(self, array: Any, offset: Any) -> Any:
        where = self.builder.bitcast(self._at(array, offset), self.vector.as_pointer())
        return self.builder.load(where, align=self.bytes)

    def _added(self, offset: Any) -> Any:
        """What a place adds, as wide as the counts: eight bits go through the caches twice as fast as sixteen."""
        if self.lanes.data.type == self.count.data.type:
            return self._load(self.lanes, offset)
        narrow = ir.VectorType(ir.IntType(8), _PART)
        where = self.builder.bitcast(self._at(self.lanes, offset), narrow.as_pointer())
        return self.builder.zext(self.builder.load(where, align=1), self.vector)
