"""Strings that people and files get wrong, or make so on purpose."""
import random
import re
import unicodedata

# What something on the way to a reader has been known to stumble over.
PIECES = [
    # C0, DEL, and C1 both as characters and as bytes
    b'\x01', b'\x07', b'\x08', b'\t', b'\n', b'\x0b', b'\r', b'\r\n', b'\x0e',
    b'\x1a', b'\x7f', b'\xc2\x80', b'\xc2\x85', b'\xc2\x9b31m', b'\x9b2J', b'\x90',
    # what a terminal obeys
    b'\x1b', b'\x1b[2J', b'\x1b[31m', b'\x1b[?1049l', b'\x1b]0;owned\x07',
    b'\x1b]52;c;ZXZpbA==\x1b\\', b'\x1bP$qm\x1b\\', b'\x1bc', b'\x1b[6n', b'\x1b(0',
    # no UTF-8: alone, cut, overlong, surrogates, too far
    b'\x80', b'\xff', b'\xfe', b'\xc3', b'\xe2\x82', b'\xf0\x9f\x98', b'\xc0\xaf',
    b'\xe0\x80\xbc', b'\xf0\x80\x80\xbc', b'\xed\xa0\x80', b'\xed\xb0\x80',
    b'\xed\xa0\xbd\xed\xb8\x80', b'\xf4\x90\x80\x80', b'\xf8\x88\x80\x80\x80',
] + [text.encode() for text in (
    # turned around, unseen, joined, tagged, private, not assigned
    '\u202e', '\u202d', '\u2066', '\u2069', '\u061c', '\u200e', '\u200b', '\u200c',
    '\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u115f', '\u3164', '\u180e',
    '\ufe0f', '\U000e0041', '\U000e0001', '\ue000', '\U0010ffff', '\ufffe', '\ufdd0',
    '\u2028', '\u2029', '\u00a0', '\u3000', '\u1680', '\ufff9', '\u0600',
    # marks, wide ones, flags, families
    '\u0301', 'e\u0301\u0302\u0303\u0304\u0305', 'Z' + '\u0335' * 40, '\u20dd',
    '한', '가나다', '\u1100\u1161\u11a8', '日本', '😀', '🇰🇷', '👩\u200d👩\u200d👧', 'İ', 'ß',
    '\u05d0\u05d1', '\u0627\u0644', '\u0e33', 'ﷺ',
    # what a format takes for its own
    '"', "'", '`', '\\', '\\u0000', '\\x1b', '\\n', '&', '&amp;', '&#27;', '<', '>',
    '</script>', '<script>alert(1)</script>', '<!--', '-->', ']]>', '<![CDATA[',
    '<?xml?>', '<!DOCTYPE x>', '<svg onload=alert(1)>', '</text>', '</style>',
    '" onclick="x', 'javascript:x', '{', '}', '[', ']', '{"a":1}', ',', ';', '|',
    '=cmd|\' /C calc\'!A0', '=1+1', '+1', '-1', '@SUM(1)', '%', '%s', '%n', '%99999d',
    '%1$s', '$(touch owned)', '`touch owned`', '${HOME}', '*', '?', '~', '!', '#',
    '--help', '-o', '/', '..', '../../etc/passwd', ' ', '  ', 'NaN', 'null', 'true',
    '0x7fffffffffffffff', '99999999999999999999', '-0', '1e999', '{0:t}', '{1}',
    'A', 'task', 'plain', 'x' * 70,
)]

# The Unicode categories of what nobody may be shown.
UNSEEN = ('Cc', 'Cf', 'Cs', 'Co', 'Zl', 'Zp')


def string(rng):
    """Any bytes but NUL, which names and arguments end with."""
    kind = rng.randrange(16)
    if kind == 0:
        return bytes(rng.randrange(1, 256) for _ in range(rng.randrange(1, 40)))
    if kind == 1:
        return rng.choice(PIECES) * rng.choice((1, 2, 64, 300, 3000))
    if kind == 2:
        points = (rng.choice((rng.randrange(0x80, 0x3000),
                              rng.randrange(0x3000, 0x110000)))
                  for _ in range(rng.randrange(1, 30)))
        return ''.join(map(chr, points)).encode('utf-8', 'surrogatepass')
    return b''.join(rng.choice(PIECES) for _ in range(rng.randrange(1, 7)))


def strings(count, seed):
    rng = random.Random(seed)
    return [string(rng) for _ in range(count)]


def ranges(categories):
    """All characters of these categories as what stands between [ and ]."""
    found, first = [], None
    for point in range(0x110001):
        inside = point < 0x110000 and unicodedata.category(chr(point)) in categories
        if inside and first is None:
            first = point
        elif not inside and first is not None:
            found.append(f'\\U{first:08x}-\\U{point - 1:08x}')
            first = None
    return ''.join(found)


NOT_SHOWN = re.compile(f'[{ranges(UNSEEN)}]')


def unseen(text, but='\n'):
    """The first character of text that nobody may be shown, or None."""
    for found in NOT_SHOWN.finditer(text):
        if found.group() not in but:
            at = found.start()
            return f'U+{ord(found.group()):04X} in {text[max(0, at - 30):at + 30]!r}'
    return None
