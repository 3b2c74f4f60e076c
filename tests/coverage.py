"""coverage.py SOURCES: which branches were taken, room by room, of what gcov has
counted in the folder where we are. Ends with status 1 where an aim is missed.

Left out are the jumps gcc adds for exceptions, and lines whose other way is no
test's to take (LEFT_OUT), both ways of them; how many stands at the end. A branch
that several programs have (a file is compiled into each library) is taken if any
takes it.
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
# Why lines are left out, and how they look. Calls of the system are those it refuses
# to nobody who asks for a file that is open, a limit, a signal or a name that there
# is, with the result asked in the same line; and memory to be mapped.
LEFT_OUT = (
    ('assertions', r'\b(assert|_Static_assert)\('),
    ('interrupted calls', r'\berrno [!=]= EINTR\b|\berror == EINTR\b'),
    ('refused by the system',
     r'\b(fstat|ftruncate|getrlimit|sigaction|uname)\(.*(?:[!=]= 0|< 0)|'
     r'\bfcntl\(.*\bF_GETLK\b.* == 0|== MAP_FAILED\b'),
    ('counts that take minutes to be reached',
     r'[<>] INT_MAX\b|> INPUT_BYTES_MAX\b|== JOURNAL_MOMENTS_MAX\b|'
     r'\bjournal_add\(.*\bmore\b|\bfeed(?:->|\.)more\b'),
)


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


def why_left_out(line):
    """The reason for which the branches of this line are not counted, or None."""
    return next((why for why, how in LEFT_OUT if re.search(how, line)), None)


def rooms(sources, found):
    """Branches taken and there are, by room; those not taken, by file; how many are
    left out, by reason."""
    room, missed, left_out, text = {}, {}, {}, {}
    for (path, line), taken in sorted(found.items()):
        if not path.endswith('.c') or path.startswith(('..', 'tests')):
            continue
        if path not in text:
            with open(os.path.join(sources, path), encoding='utf-8') as file:
                text[path] = file.read().split('\n')
        if line > len(text[path]):
            continue
        why = why_left_out(text[path][line - 1])
        if why:
            left_out[why] = left_out.get(why, 0) + len(taken)
            continue
        of = room.setdefault(os.path.dirname(path), [0, 0])
        of[0] += sum(count > 0 for count in taken)
        of[1] += len(taken)
        if not all(taken):
            missed.setdefault(path, []).append(line)
    return room, missed, left_out


def row(name, taken, there, aim=''):
    print(f'{name:24} {taken:6} of {there:6} {100 * taken / max(there, 1):6.1f} % {aim}')


def below(taken, there, aim):
    return not there or 100 * taken < aim * there


def main():
    sources = os.path.realpath(sys.argv[1])
    room, missed, left_out = rooms(sources, branches(sources))
    status = 0
    for path, lines in sorted(missed.items()):
        print(f'{path}: not all ways were taken of lines',
              ' '.join(map(str, lines)))
    print()
    for name, (taken, there) in sorted(room.items()):
        row(name, taken, there)
    print()
    for why, count in sorted(left_out.items()):
        print(f'not counted: {count:5} branches, {why}')
    print()
    for name, aim, within in AIMS:
        mine = [of for path, of in room.items()
                if any(path == one or path.startswith(one + '/') for one in within)]
        taken, there = (sum(column) for column in zip(*mine)) if mine else (0, 0)
        row(name, taken, there, f'aim {aim} %')
        # Some branches are taken by nobody: who finds none has counted wrong.
        if below(taken, there, aim) or not below(taken, there, 100):
            status = 1
    return status


sys.exit(main())
