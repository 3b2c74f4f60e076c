"""Is what was written what its readers read? Each function raises Wrong if not."""
import base64
import csv
import html.parser
import io
import json
import re
import xml.parsers.expat
import zlib

from words import unseen


class Wrong(Exception):
    pass


def clean(text, but='\n'):
    found = unseen(text, but)
    if found:
        raise Wrong(found)
    return text


def utf8(data):
    try:
        return data.decode('utf-8')
    except UnicodeDecodeError as error:
        raise Wrong(f'{error}: {data[max(0, error.start - 30):error.end + 9]!r}')


def text(data):
    """Lines for people."""
    return clean(utf8(data))


def message(data):
    """One line, and whole: what an error is."""
    lines = text(data)
    if not lines.endswith('\n') or lines.count('\n') > 2:
        raise Wrong(f'not one line: {lines[:300]!r}')


# --- JSON ---------------------------------------------------------------------

def refuse(word):
    raise Wrong(f'{word} is no JSON')


def pairs(items):
    found = dict(items)
    if len(found) != len(items):
        raise Wrong(f'a key twice: {[key for key, _ in items]}')
    return found


def all_strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from all_strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from all_strings(item)


def parse_json(written):
    try:
        return json.loads(clean(written), parse_constant=refuse,
                          object_pairs_hook=pairs)
    except ValueError as error:
        raise Wrong(str(error))


def json_file(data):
    """A file, or lines, of nothing but JSON, and no string that is not clean."""
    value = parse_json(utf8(data))
    for found in all_strings(value):
        clean(found)
    return value


ESCAPE = re.compile(r'\x1b\[(\?25[lh]|[0-9;]*[mHKJ])')


def cast(data):
    """An asciicast: JSON a line, in whose output stand our few sequences."""
    lines = utf8(data).split('\n')
    if lines.pop() != '':
        raise Wrong('the last line has no end')
    for found in all_strings(parse_json(lines[0])):
        clean(found)
    for line in lines[1:]:
        at, code, output = parse_json(line)
        if not isinstance(at, (int, float)) or code not in ('o', 'm', 'x'):
            raise Wrong(f'no event: {line[:80]}')
        clean(ESCAPE.sub('', output), '\r\n' if code == 'o' else '')


# --- XML, HTML ----------------------------------------------------------------

SHAPES = {'svg', 'rect', 'path', 'text'}


def svg(data):
    """XML of shapes and text, in which nothing can be obeyed."""
    shown = []

    def start(name, attributes):
        if name not in SHAPES:
            raise Wrong(f'<{name}>')
        for key, value in attributes.items():
            clean(value)
            if key.startswith('on') or 'script' in value:
                raise Wrong(f'{key}={value!r}')

    def other(*_):
        raise Wrong('a comment, an instruction or a section')
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = shown.append
    parser.ProcessingInstructionHandler = parser.CommentHandler = other
    parser.StartCdataSectionHandler = parser.StartDoctypeDeclHandler = other
    try:
        parser.Parse(utf8(data).encode(), True)
    except xml.parsers.expat.ExpatError as error:
        raise Wrong(str(error))
    clean(''.join(shown))


class Skeleton(html.parser.HTMLParser):
    """All of a page but its text, and the data it carries."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.data, self.shown, self.inside = [], [], [], None

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple((key, value) for key, value in attrs)))
        for _, value in attrs:
            clean(value or '')
        self.inside = dict(attrs).get('id', tag)

    def handle_endtag(self, tag):
        self.tags.append('/' + tag)
        self.inside = None

    def handle_data(self, data):
        (self.data if self.inside == 'data' else self.shown).append(data)

    def handle_comment(self, data):
        self.tags.append(('comment', data))

    def handle_decl(self, decl):
        self.tags.append(('declaration', decl))

    def handle_pi(self, data):
        raise Wrong(f'<?{data[:40]}')

    unknown_decl = handle_pi


def page(data):
    """Returns its tags: those of any other page, whatever it shows."""
    skeleton = Skeleton()
    skeleton.feed(clean(utf8(data)))
    skeleton.close()
    clean(''.join(skeleton.shown))
    try:
        carried = zlib.decompress(base64.b64decode(''.join(skeleton.data)))
    except (ValueError, zlib.error) as error:
        raise Wrong(str(error))
    carried = parse_json(utf8(carried))
    for found in all_strings(carried):
        clean(found)
    return skeleton.tags


# --- tables -------------------------------------------------------------------

def table(data):
    """CSV as of RFC 4180, each row as long as the first, and no formula in it."""
    lines = utf8(data)
    try:
        rows = list(csv.reader(io.StringIO(lines, newline=''), strict=True))
    except csv.Error as error:
        raise Wrong(str(error))
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise Wrong('a row of another length')
    for row in rows:
        for field in row:
            clean(field, '')
            if field[:1] in ('=', '+', '-', '@', '\t', '\r'):
                raise Wrong(f'a formula: {field[:40]!r}')
