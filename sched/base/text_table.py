#!/usr/bin/env python3
"""Print text_table.h: how many cells each character takes.

    text_table.py > text_table.h

Run by hand when the Unicode version moves, never by the build. The sources
are general category and East Asian Width, as Python's unicodedata has them,
and Default_Ignorable_Code_Point, which it lacks and which stands below (from
DerivedCoreProperties.txt of the same version).
"""
import unicodedata as u

PINNED = "14.0.0"
IGNORABLE = [
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
]
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Medial vowels and final consonants join the syllable before them.
JAMO = [(0x1161, 0x11FF), (0xD7B0, 0xD7C6), (0xD7CB, 0xD7FB)]


def within(rune, ranges):
    return any(first <= rune <= last for first, last in ranges)


def kind(rune):
    category = u.category(chr(rune))
    if category in UNSEEN or within(rune, IGNORABLE):
        return "U"
    if category == "Zs":
        return "S"
    if category in ("Mn", "Me") or within(rune, JAMO):
        return "0"
    return "2" if u.east_asian_width(chr(rune)) in "WF" else "1"


assert u.unidata_version == PINNED, u.unidata_version
runs = []
for rune in range(0x110000):
    k = kind(rune)
    if not runs or runs[-1][1] != k:
        runs.append((rune, k))
names = {"U": "UNSEEN", "S": "SPACE", "0": "JOINS", "1": "NARROW", "2": "WIDE"}
print(f"""/*
 * text_table.h -- what each character is, by text_table.py from Unicode
 * {PINNED}: runs of equal kind, each RUN(first character, kind).
 */
/* clang-format off */""")
line = ""
for first, k in runs:
    item = f"RUN(0x{first:X},{k})"
    if len(line) + len(item) > 79:
        print(line.rstrip())
        line = ""
    line += item + " "
print(line.rstrip())
