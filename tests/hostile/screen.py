"""What goes to a terminal: read strictly, and a terminal to have it written to."""
import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time

from formats import Wrong, clean, utf8

TERM = 'xterm-256color'
PATIENCE_S, FRAME_S = 60, 0.04

# A control sequence as of ECMA-48, cut into its pieces.
CSI = re.compile(rb'\x1b\[([<-?]?)([0-9;:]*)([ -/]*)([@-~])')
SHORT = re.compile(rb'\x1b([ -/]*)([0-~])')
# Colours are set and put back (initc, oc): the one command with a text.
COLOUR = re.compile(rb'\x1b\]4;[0-9]+;rgb:[0-9A-F/]+\x1b\\|\x1b\]104\x07')
ENTERED, LEFT = b'\x1b[?1049h', b'\x1b[?1049l'

# What is written first after some was thrown away, because the terminal did not
# read and a key was pressed (terminal_stuck.c); and when it is given back.
AGAIN, BACK = b'\x1b(B\x1b[m\x1b(B', b'\x1b[?1000l\x1b[?1002l'
CUT = re.compile(rb'(\x1b([(\[][0-9;:<-?]*)?|[\xc2-\xf4][\x80-\xbf]{0,2})\Z')
REST = re.compile(rb'\A[\x80-\xbf]{1,3}')
WHOLE = b'\x1b[H\x1b[2J'

# What concviz writes itself, because no terminfo has it: the width of a
# character is asked for, the modes of a mouse are put back.
OWN = {(b'', b'', b'n')}
OWN_MODES = {b'1000', b'1002', b'1003', b'1006'}


def terminfo():
    """The sequences that the terminal's terminfo has, and the modes it sets."""
    known = subprocess.run(['infocmp', '-1', '-x', TERM], capture_output=True,
                           check=True).stdout
    known = re.sub(rb'^\tk[^\n]*', b'', known, flags=re.M)
    known = known.replace(rb'\E', b'\x1b').replace(b'%i', b'')
    known = re.sub(rb'%\?.*?%;', b'', known)
    known = re.sub(rb'%p[0-9]%d', b'1', known)
    final, modes, short = set(OWN), set(OWN_MODES), set()
    for private, values, middle, last in CSI.findall(known):
        final.add((private, middle, last))
        if private == b'?':
            modes.update(values.split(b';'))
    for middle, last in SHORT.findall(CSI.sub(b'', known)):
        short.add(middle + last)
    final.add((b'', b'', b'm'))
    return final, modes, short


FINAL, MODES, SHORTS = terminfo()


def control(match):
    private, values, middle, last = match.groups()
    if (private, middle, last) not in FINAL:
        raise Wrong(f'a sequence of no terminfo: {match.group()!r}')
    if private == b'?' and not set(values.split(b';')) <= MODES:
        raise Wrong(f'a mode of no terminfo: {match.group()!r}')
    return b''


def short(match):
    if match.group(1) + match.group(2) not in SHORTS or match.group(2) in b'PX[]^_':
        raise Wrong(f'a sequence of no terminfo: {match.group()!r}')
    return b''


def whole(data):
    rest = SHORT.sub(short, CSI.sub(control, COLOUR.sub(b'', data)))
    # The cursor goes back, down and to the tabs; the other set of characters.
    clean(utf8(rest), '\r\n\b\t\x0e\x0f')


def stream(data, thrown_away=False):
    """All that was written to a terminal. Where some of it was thrown away a
    character or a sequence may be cut, and nothing else; then all is painted."""
    if not thrown_away:
        whole(data)
        return
    first, *others = data.split(AGAIN)
    for piece in [first] + [REST.sub(b'', other) for other in others]:
        at = piece.find(BACK)
        whole(CUT.sub(b'', piece[:at]) + piece[at:] if at >= 0 else
              CUT.sub(b'', piece))
    if others and WHOLE not in others[-1] and BACK not in others[-1]:
        raise Wrong('some was thrown away, and not all painted again')


def possible():
    """Does this system give us pseudo-terminals? A bare chroot does not."""
    try:
        for end in os.openpty():
            os.close(end)
        return True
    except OSError:
        return False


POSSIBLE = possible()


class Terminal:
    """A program on one. It tells when what it had not read was thrown away."""

    def __init__(self, command, size, **how):
        self.master, slave = os.openpty()
        fcntl.ioctl(self.master, termios.TIOCPKT, struct.pack('i', 1))
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', *size, 0, 0))
        self.child = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, cwd=how['cwd'],
            env={**how['env'], 'TERM': TERM}, start_new_session=True)
        os.close(slave)
        self.written, self.thrown_away = b'', False
        self.end = time.monotonic() + PATIENCE_S

    def close(self):
        os.close(self.master)
        if self.child.wait() < 0:
            raise Wrong(f'died of signal {-self.child.returncode}')

    def look(self):
        """Is it still there? Then it has not gone on for too long."""
        if time.monotonic() > self.end:
            self.child.kill()
            self.child.wait()
            os.close(self.master)
            raise Wrong(f'goes on for ever: {self.written[-300:]!r}')

    def key(self, key):
        os.write(self.master, key)

    def is_on(self):
        return self.written.rfind(ENTERED) > self.written.rfind(LEFT)

    def read(self):
        """What comes within a frame; False at the end."""
        self.look()
        if not select.select([self.master], [], [], FRAME_S)[0]:
            return True
        try:
            piece = os.read(self.master, 65536)
        except OSError:
            return False
        if piece and piece[0]:
            self.thrown_away |= bool(piece[0] & termios.TIOCPKT_FLUSHWRITE)
        else:
            self.written += piece[1:]
        return piece != b''

    def fill(self, key):
        """Read nothing and type until something is thrown away."""
        while not select.select([], [], [self.master], FRAME_S)[2]:
            self.look()
            self.key(key)


def played(program, arguments, keys, leave, size=(60, 160), full=None, **how):
    """Run a program on a terminal, type keys one by one once it shows its
    screen, then those with which to leave it until it is left, and return all
    that it wrote, and whether some was thrown away. With the key full nothing is
    read for a while, which is to happen then."""
    terminal = Terminal([program, *arguments], size, **how)
    keys, typed = list(keys), time.monotonic()
    while terminal.read():
        # A key a frame: what it changes is drawn before the next one.
        if time.monotonic() > typed + FRAME_S and terminal.is_on():
            if full:
                terminal.fill(full)
            full = None
            keys = keys or [leave[i:i + 1] for i in range(len(leave))]
            terminal.key(keys.pop(0))
            typed = time.monotonic()
    terminal.close()
    return terminal.written, terminal.thrown_away
