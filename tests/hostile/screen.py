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


def stream(data):
    """All that was written to a terminal."""
    rest = SHORT.sub(short, CSI.sub(control, COLOUR.sub(b'', data)))
    # The cursor goes back, down and to the tabs; the other set of characters.
    clean(utf8(rest), '\r\n\b\t\x0e\x0f')


def possible():
    """Does this system give us pseudo-terminals? A bare chroot does not."""
    try:
        for end in os.openpty():
            os.close(end)
        return True
    except OSError:
        return False


POSSIBLE = possible()


def played(program, arguments, keys, leave, size=(60, 160), **how):
    """Run a program on a terminal, type keys one by one once it shows its
    screen, then those with which to leave it until it is left, and return all
    that it wrote."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', *size, 0, 0))
    child = subprocess.Popen(
        [program, *arguments], stdin=slave, stdout=slave, stderr=slave,
        cwd=how['cwd'], env={**how['env'], 'TERM': TERM}, start_new_session=True)
    os.close(slave)
    written, keys, end = b'', list(keys), time.monotonic() + PATIENCE_S
    typed = time.monotonic()
    while True:
        now = time.monotonic()
        if now > end:
            child.kill()
            child.wait()
            os.close(master)
            raise Wrong(f'goes on for ever: {written[-300:]!r}')
        # A key a frame: what it changes is drawn before the next one.
        if now > typed + FRAME_S and written.rfind(ENTERED) > written.rfind(LEFT):
            keys = keys or [leave[i:i + 1] for i in range(len(leave))]
            os.write(master, keys.pop(0))
            typed = now
        if not select.select([master], [], [], FRAME_S)[0]:
            continue
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        written += piece
    os.close(master)
    if child.wait() < 0:
        raise Wrong(f'died of signal {-child.returncode}')
    return written
