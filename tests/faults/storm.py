"""storm.py PROGRAM: runs of ten seconds on the live screen, which takes SIGWINCH
and SIGCONT, while storm.c sends it a thousand of each a second; beside each
the same without. Results, turns and sleeps are to be equal, and no sleep longer
for it. Both run at the same time, so that what others do to them is alike.
"""
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '../hostile'))
import screen  # noqa: E402

SLEEP_MS, AIM_MS, PATIENCE_S = 19, 1, 300
MODES = ('sequential', 'coroutine', 'threads', 'parallel', 'hybrid')
SAME = ('outcome', 'checksum', 'result', 'shared')
TURNS = ('switches', 'order')  # where one does a thing at a time


class Storms:
    def __init__(self, program, work):
        self.program, self.storm, self.work = program, work + '/storm', work
        self.env = {**os.environ, 'LC_ALL': 'C.UTF-8', 'HOME': work}
        subprocess.run([*os.environ.get('CC', 'cc').split(), '-w', '-o', self.storm,
                        os.path.join(HERE, 'storm.c')], check=True)

    def said(self, *arguments):
        return subprocess.run([self.program, *arguments], cwd=self.work, env=self.env,
                              check=True, capture_output=True, text=True).stdout

    def stormed(self, mode, quiet):
        """On a terminal, until it shows the end; how many signals were sent. A
        SIGCONT holds the picture, which is asked to go on (G)."""
        sent = os.path.join(self.work, 'sent')
        terminal = screen.Terminal(
            ['sh', '-c', 'exec "$@" 3>"$0"', sent, self.storm, self.program, mode,
             'storm.work', '--record', 'stormed'], (24, 80), cwd=self.work,
            env=self.env)
        terminal.end, asked = time.monotonic() + PATIENCE_S, 0
        while terminal.read():
            if quiet.poll() is not None and time.monotonic() > asked + 1:
                terminal.key(b'q' if b'replay' in terminal.written else b'G')
                asked = time.monotonic()
        terminal.close()
        return int(open(sent).read())

    def both(self, mode):
        times = 250 if mode == 'sequential' else 500
        with open(self.work + '/storm.work', 'w') as file:
            file.write('shared n = 0\ntask A B: repeat %d (cpu 1, n = n + 1, sleep %d)\n'
                       % (times, SLEEP_MS))
        for kept in ('quiet', 'stormed'):
            if os.path.exists(self.work + '/' + kept):
                os.unlink(self.work + '/' + kept)
        quiet = subprocess.Popen([self.program, mode, 'storm.work', '--view', 'none',
                                  '--record', 'quiet'], cwd=self.work, env=self.env)
        sent = self.stormed(mode, quiet)
        if quiet.wait() != 0:
            raise SystemExit(f'{mode}: status {quiet.returncode}')
        return sent, 2 * times

    def report(self, kept, mode):
        said = json.loads(self.said('replay', kept, '--json'))
        names = SAME + (TURNS if mode == 'sequential' else ())
        return {name: said.get(name) for name in names}

    def late_ms(self, kept):
        """By how much each sleep was too long."""
        rows = csv.DictReader(self.said('export', kept, '--to', 'csv').splitlines())
        slept = ('awaiting', 'held')
        return [float(row['to_ms']) - float(row['from_ms']) - SLEEP_MS
                for row in rows if row['state'] in slept]


def tenth(late):
    return statistics.quantiles(late, n=10)[0]


def drifts(quiet, stormed):
    """A tenth of the sleeps is shorter: in the others somebody may have the core."""
    return tenth(stormed) > tenth(quiet) + AIM_MS


def main():
    number = 0

    def row(right, name):
        nonlocal number
        number += 1
        print(f'{"ok" if right else "not ok"} {number} - {name}', flush=True)

    if not screen.POSSIBLE:
        print('1..0 # SKIP there is no pseudo-terminal')
        return
    with tempfile.TemporaryDirectory() as work:
        storms = Storms(os.path.abspath(sys.argv[1]), work)
        for mode in MODES:
            sent, sleeps = storms.both(mode)
            wanted, seen = (storms.report(kept, mode) for kept in ('quiet', 'stormed'))
            row(wanted == seen and sent > 1000, f'{mode}: the same results, {sent} signals')
            quiet, stormed = (storms.late_ms(kept) for kept in ('quiet', 'stormed'))
            row(len(quiet) == len(stormed) == sleeps and not drifts(quiet, stormed),
                f'{mode}: of {len(stormed)} sleeps a tenth ends within '
                f'{tenth(stormed):.3f} ms, without signals {tenth(quiet):.3f}; '
                f'all together {sum(stormed):.0f} and {sum(quiet):.0f} ms late')
        row(drifts(quiet, [late + 2 * AIM_MS for late in quiet]),
            f'a drift of {2 * AIM_MS} ms a sleep is noticed')
        print(f'1..{number}')


main()
