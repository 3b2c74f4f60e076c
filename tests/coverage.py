"""coverage.py SOURCES: which branches were taken, room by room, of what gcov has
counted in the folder where we are. Ends with status 1 where an aim is missed.

Left out are lines whose other way is no test's to take: assertions, which nobody
passes unless we are wrong, and the jumps gcc adds for exceptions. A branch that
several programs have (a file is compiled into each library) is taken if any takes
it.
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys

# The rooms that have an aim, of all their branches; all others are only told.
AIMS = (('parsers', 95, ('sched/workload', 'lessons/parse', 'lessons/claim')),
        ('tape, import', 95, ('sched/tape', 'sched/exchange')),
        ('engine', 90, ('sched/scheduler', 'sched/run', 'sched/program',
                        'sched/coroutine', 'sched/policy', 'sched/explore')),
        ('screen', 80, ('render',)))
NOT_OURS = re.compile(r'\b(assert|_Static_assert)\(')


def counted(data):
    """What gcov says of one program's file, as JSON."""
    said = subprocess.run(['gcov', '-b', '-j', '-t', data], capture_output=True,
                          check=True).stdout
    return [file for line in said.splitlines() for file in json.loads(line)['files']]


def branches(sources):
    """How often each branch of a line was taken, by file and line."""
    found = {}
    data = [os.path.join(folder, name) for folder, _, names in os.walk('.')
            for name in names if name.endswith('.gcda')]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for file in (file for files in pool.map(counted, data) for file in files):
            path = os.path.relpath(os.path.realpath(file['file']), sources)
            for line in file['lines']:
                taken = [way['count'] for way in line['branches'] if not way['throw']]
                place = (path, line['line_number'])
                before = found.get(place, [])
                if len(before) == len(taken):
                    taken = [old + new for old, new in zip(before, taken)]
                if len(taken) >= len(before):
                    found[place] = taken
    return found


def rooms(sources, found):
    """Branches taken and there are, by room; those not taken, by file."""
    room, missed, text = {}, {}, {}
    for (path, line), taken in sorted(found.items()):
        if not path.endswith('.c') or path.startswith(('..', 'tests')):
            continue
        if path not in text:
            with open(os.path.join(sources, path), encoding='utf-8') as file:
                text[path] = file.read().split('\n')
        if line > len(text[path]) or NOT_OURS.search(text[path][line - 1]):
            continue
        of = room.setdefault(os.path.dirname(path), [0, 0])
        of[0] += sum(count > 0 for count in taken)
        of[1] += len(taken)
        if not all(taken):
            missed.setdefault(path, []).append(line)
    return room, missed


def row(name, taken, there, aim=''):
    print(f'{name:24} {taken:6} of {there:6} {100 * taken / max(there, 1):6.1f} % {aim}')


def main():
    sources = os.path.realpath(sys.argv[1])
    room, missed = rooms(sources, branches(sources))
    status = 0
    for path, lines in sorted(missed.items()):
        print(f'{path}: not all ways were taken of lines',
              ' '.join(map(str, lines)))
    print()
    for name, (taken, there) in sorted(room.items()):
        row(name, taken, there)
    print()
    for name, aim, within in AIMS:
        mine = [of for path, of in room.items()
                if any(path == one or path.startswith(one + '/') for one in within)]
        taken, there = (sum(column) for column in zip(*mine)) if mine else (0, 0)
        row(name, taken, there, f'aim {aim} %')
        if 100 * taken < aim * there or not there:
            status = 1
    return status


sys.exit(main())
