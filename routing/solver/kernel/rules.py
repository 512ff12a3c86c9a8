"""What one route must obey whatever the others do, apart from times: room, company, escorts, locks."""

from __future__ import annotations

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data, Ints, Rows

VISIT, PICKUP, DELIVERY = 0, 1, 2
FREE_TOGETHER, NEARBY, STAYS = 1, 2, 3


@compiled
def obeys(d: Data, shift: int, sequence: Rows, size: int, inside: Ints) -> bool:
    """Tell whether the first `size` nodes of `sequence` keep room, company, escorts and locks on a shift."""
    return (
        carries(d, shift, sequence, size, inside)
        and escorts(d, shift, sequence, size, inside)
        and locks(d, shift, sequence, size)
        and sails(d, shift, sequence, size)
    )


@compiled
def fits(d: Data, shift: int, seats: int, wheelchairs: int, stretchers: int) -> bool:
    """Tell whether a load finds room in one layout of the shift's vehicle."""
    for row in range(d.layout_at[shift], d.layout_at[shift + 1]):
        if seats <= d.layout[row, 0] and wheelchairs <= d.layout[row, 1] and stretchers <= d.layout[row, 2]:
            return True
    return False


@compiled
def carries(d: Data, shift: int, sequence: Rows, size: int, riders: Ints) -> bool:
    """Tell whether people and goods have room, company is right, and nobody sits in the car during a visit."""
    seats, wheelchairs, stretchers, aboard, goods = 0, 0, 0, 0, 0
    for i in range(size):
        node = sequence[i]
        if d.kind[node] == VISIT:
            goods += d.goods[node]
            if aboard > 0 or goods > d.hold[shift]:
                return False
            continue
        request = d.request[node]
        seats += d.load[node, 0]
        wheelchairs += d.load[node, 1]
        stretchers += d.load[node, 2]
        if d.kind[node] == PICKUP:
            if not fits(d, shift, seats, wheelchairs, stretchers):
                return False
            if d.apart.shape[0] > 0:
                for k in range(aboard):
                    if d.apart[request, riders[k]]:
                        return False
            riders[aboard] = request
            aboard += 1
        else:
            aboard -= 1
            for k in range(aboard):
                if riders[k] == request:
                    riders[k] = riders[aboard]
                    break
    return True


@compiled
def escorts(d: Data, shift: int, sequence: Rows, size: int, inside: Ints) -> bool:
    """Tell whether returns follow their outbound rides and a waiting carer does only what she may."""
    if d.close_by.shape[0] == 0:
        return True
    waiting, aboard = 0, 0
    for i in range(size):
        node = sequence[i]
        request, kind = d.request[node], d.kind[node]
        if kind == PICKUP and d.link_in[request] >= 0 and d.manner[d.link_in[request]] > 0:
            found = False
            for k in range(waiting):
                if inside[k] == d.link_in[request]:
                    waiting -= 1
                    inside[k] = inside[waiting]
                    found = True
                    break
            if not found:
                return False
        for k in range(waiting):
            manner = d.manner[inside[k]]
            if manner == STAYS:
                return False
            near = d.close_by[d.link_number[inside[k]], d.profile[shift], d.place[node]]
            if manner == NEARBY and not (kind == VISIT and near):
                return False
        if kind == PICKUP:
            aboard += 1
        elif kind == DELIVERY:
            aboard -= 1
            if d.link_out[request] >= 0 and d.manner[request] > 0:
                if d.manner[request] >= NEARBY and aboard > 0:
                    return False
                inside[waiting] = request
                waiting += 1
    return waiting == 0


@compiled
def locks(d: Data, shift: int, sequence: Rows, size: int) -> bool:
    """Tell whether locked sequences are in order, strict ones without anything between."""
    for lock in range(d.lock_shift.shape[0]):
        if d.lock_shift[lock] != shift:
            continue
        last = -1
        for row in range(d.lock_at[lock], d.lock_at[lock + 1]):
            for i in range(size):
                if sequence[i] == d.lock_node[row]:
                    if last >= 0 and (i <= last or (d.lock_strict[lock] and i != last + 1)):
                        return False
                    last = i
                    break
    return True


@compiled
def sails(d: Data, shift: int, sequence: Rows, size: int) -> bool:
    """Tell whether a route crosses the water at most once out and once back."""
    if d.quay.shape[0] == 0:
        return True
    here, crossings = d.side[d.start[shift]], 0
    for i in range(size + 1):
        there = d.side[d.place[sequence[i]]] if i < size else d.side[d.end[shift]]
        crossings += 1 if there != here else 0
        here = there
    return crossings <= 2
