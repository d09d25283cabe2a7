from __future__ import annotations

from news import read

from kg.packed import pack, unpack


def test_a_packed_reading_is_the_same_and_smaller() -> None:
    reading = read(
        'Maren Ost, the former mayor of Tarnvik, left the Harbour Union in 2014. "We lost the election," said Ost on '
        "Monday. She may stand again.\n\n" * 10
    )
    assert reading.statements
    assert reading.attributions
    packed = pack(reading)
    assert unpack(packed) == reading
    assert len(packed) < len(repr(reading)) / 10
