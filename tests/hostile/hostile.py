"""hostile.py PROGRAM TAPE COUNT: so many hostile strings go in on every way there
is, and what comes out on every way is read by a parser of that format.

Each line of TAP is one way in and one way out, or the canary of a format: what came
out is changed to what a writer that forgets to escape would have written, which its
check must notice. TAPE writes a recording (tape.c). What takes a process for each
string is done with every tenth where there are fewer than a thousand.
"""
import concurrent.futures
import copy
import json
import os
import shutil
import subprocess
import sys
import tempfile

import formats
import screen
import words
from formats import Wrong

BATCH = 250
JOBS = 4
MARK = b'plainname'  # goes in unharmed, and is found again for the canary
EVIL = [b'\x1b[31m', b'"<&\\', b'\xc2\x9b', b'\xff', '\u202e'.encode(), b'\n\n\n',
        b'",=1,"', b'</script>']
ALIVE = 3  # so many of them at least are noticed


class Hostile:
    """The program, a folder to work in, and what has been found."""

    def __init__(self, program, tape, work):
        self.program, self.tape, self.work = program, tape, work
        self.env = {key: value for key, value in os.environ.items()
                    if not key.startswith(('XDG', 'LANG', 'LC_', 'NO_COLOR'))}
        self.env.update(LC_ALL='C.UTF-8', HOME=work)
        self.done, self.wrong, self.canary = {}, {}, {}

    def beside(self, number):
        """The same in a folder of its own, beside which others work."""
        other = copy.copy(self)
        other.work = os.path.join(self.work, str(number))
        os.makedirs(other.work)
        other.env = {**self.env, 'HOME': other.work,
                     'XDG_CONFIG_HOME': other.work + '/config',
                     'XDG_STATE_HOME': other.work + '/state'}
        return other

    def run(self, *arguments, data=None, env=None, status=range(0, 10)):
        """Returns what it wrote to both; a signal or a strange status is wrong."""
        try:
            got = subprocess.run([self.program, *arguments], input=data or b'',
                                 capture_output=True, cwd=self.work, timeout=600,
                                 env={**self.env, **(env or {})})
        except subprocess.TimeoutExpired:
            raise Wrong('goes on for ever')
        if got.returncode not in status:
            raise Wrong(f'status {got.returncode}: {got.stderr[-300:]!r}')
        return got.stdout, got.stderr

    def check(self, name, check, output, source=b''):
        """One output on its way; a harmless name in it is the canary's place."""
        self.done[name] = self.done.get(name, 0) + 1
        try:
            check(output)
        except Wrong as why:
            self.fail(name, why, source)
            return
        kind = name.split(' > ')[-1]
        if self.canary.get(kind, 0) < ALIVE and MARK in output:
            self.canary[kind] = self.is_alive(check, output)

    def fail(self, name, why, source):
        self.done.setdefault(name, 1)
        self.wrong.setdefault(name, []).append((str(why), source))

    @staticmethod
    def is_alive(check, output):
        """How many of these would it notice in the place of the name?"""
        noticed = 0
        for evil in EVIL:
            try:
                check(output.replace(MARK, evil))
            except Wrong:
                noticed += 1
        return noticed

    def way(self, name, check, *arguments, source=b'', **how):
        """Run, and check standard output and what is said on the other one."""
        try:
            out, err = self.run(*arguments, **how)
        except Wrong as why:
            self.fail(name, why, source)
            return
        if out or not err:
            self.check(name, check, out, source)
        self.check(name.split(' > ')[0] + ' > messages', formats.text, err, source)

    def file(self, name, data):
        path = os.path.join(self.work.encode(), name)
        with open(path, 'wb') as file:
            file.write(data)
        return path

    def report(self):
        """A line a way, and one a format: would its check notice anything?"""
        kinds = sorted({name.split(' > ')[-1] for name in self.done})
        for n, name in enumerate(sorted(self.done), 1):
            wrong = self.wrong.get(name, [])
            print(f'{"not ok" if wrong else "ok"} {n} - {name}: {self.done[name]} outputs')
            for why, source in wrong[:5]:
                print(f'# {why}\n#   of {source[:120]!r}'.replace('\x1b', '^['))
        for n, kind in enumerate(kinds, len(self.done) + 1):
            alive = self.canary.get(kind, 0) >= ALIVE
            print(f'{"ok" if alive else "not ok"} {n} - {kind}: a writer that forgets '
                  'to escape is noticed')
        print(f'1..{len(self.done) + len(kinds)}')


# --- out ----------------------------------------------------------------------

def exports(hostile, name, path, page):
    """A recording, on every way out of it."""
    def html(data):
        tags = formats.page(data)
        if tags != page:
            raise Wrong(f'other tags: {[t for t in tags if t not in page][:3]}')

    for to, check in SHOWN[1:]:
        hostile.way(f'{name} > {to}', check, 'export', path, '--to', to)
    hostile.way(f'{name} > html', html, 'export', path, '--to', 'html')
    hostile.way(f'{name} > csv', formats.table, 'export', path, '--to', 'csv')
    hostile.way(f'{name} > svg', formats.svg, 'replay', path, '--svg', '--frame',
                '200x300')
    hostile.way(f'{name} > cast 3', formats.cast, 'export', path, '--to', 'cast',
                '--cast', '3', '--show', 'program')
    hostile.way(f'{name} > Perfetto', formats.json_file, 'export', path, '--to',
                'chrome', '--perfetto-states')
    hostile.way(f'{name} > report', formats.text, 'replay', path)
    hostile.way(f'{name} > report as JSON', formats.json_file, 'replay', path, '--json')
    hostile.way(f'{name} > events', formats.text, 'replay', path, '--view', 'plain',
                '--output')
    for show in ('program', 'output', 'picture'):
        hostile.way(f'{name} > frame', formats.text, 'replay', path, '--frame',
                    '200x60', '--show', show)
    hostile.way(f'{name} > compared', formats.text, 'replay', path, path)
    hostile.way(f'{name} > ASCII', formats.text, 'replay', path, '--frame',
                '120x40', '--ascii', env={'LC_ALL': 'C'})
    played(hostile, f'{name} > screen', 'replay', path)


KEYS = [b'G', b'w', b'\x1b', b'n', b'\x1b', b'o', b'o', b'o', b'v', b' ', b'/',
        b'plain', b'\r', b'g', b'.', b'.', b'.', b'G', b'?', b'\x1b']


def played(hostile, name, *arguments, keys=KEYS, leave=b'q', source=b'', full=None):
    if not screen.POSSIBLE:
        return
    try:
        written, thrown_away = screen.played(
            hostile.program, arguments, keys, leave, full=full, cwd=hostile.work,
            env=hostile.env)
        if full and not (thrown_away and screen.AGAIN in written):
            raise Wrong('nothing was thrown away, or the terminal not told so')
    except Wrong as why:
        hostile.fail(name, why, source)
        return
    hostile.check(name, lambda data: screen.stream(data, thrown_away), written,
                  source)


# --- in -----------------------------------------------------------------------

def tapes(hostile, strings, page):
    path = os.path.join(hostile.work, 'hostile.cvz')
    subprocess.run([hostile.tape, path], check=True,
                   input=b''.join(text + b'\0' for text in strings))
    exports(hostile, 'tape', path, page)
    played(hostile, 'tape > full screen', 'replay', path, keys=[b'G'],
           full=b'\x0c')


def chrome(strings):
    """Names of threads and of what they do; JSON as bytes, escaped or as it is."""
    events = []
    for tid, text in enumerate(strings):
        name = json.dumps(text.decode('utf-8', 'replace'), ensure_ascii=tid % 2 == 0)
        events.append(f'{{"ph":"M","pid":1,"tid":{tid},"name":"thread_name",'
                      f'"args":{{"name":{name}}}}},\n'
                      f'{{"ph":"X","pid":1,"tid":{tid},"ts":{tid},"dur":5,"name":'
                      f'{name},"cat":{name}}}')
    return ('[' + ',\n'.join(events) + ']').encode()


def lines(strings):
    written = [b'{"ev":"meta","version":1,"mode":"coroutine"}']
    for task, text in enumerate(strings):
        name = json.dumps(text.decode('utf-8', 'surrogateescape'),
                          ensure_ascii=task % 2 == 0)
        name = name.encode('utf-8', 'surrogateescape')
        t = 1000 * task
        written += [b'{"t":%d,"ev":"created","task":%d,"name":%s}' % (t, task, name),
                    b'{"t":%d,"ev":"run","task":%d}' % (t + 100, task),
                    b'{"t":%d,"ev":"wait","task":%d,"on":%s}' % (t + 200, task, name),
                    b'{"t":%d,"ev":"done","task":%d,"how":%s}' % (t + 300, task, name)]
    return b'\n'.join(written + [b'{"ev":"end"}', b''])


def perf(strings):
    """The kernel keeps 15 bytes of a name, whatever they are but NUL."""
    written, before, tid_before = [], b'swapper/0', 0
    for tid, text in enumerate(strings, 1):
        now = text[:15].replace(b'\n', b' ')
        written.append(b'%16s %5d [000] %d.000001: sched:sched_switch: prev_comm=%s '
                       b'prev_pid=%d prev_prio=120 prev_state=S ==> next_comm=%s '
                       b'next_pid=%d next_prio=120' % (before, tid_before, 100 + tid,
                                                       before, tid_before, now, tid))
        before, tid_before = now, tid
    return b'\n'.join(written + [b''])


def imported(hostile, strings, page, name, make):
    path = hostile.file(b'imported', make(strings))
    exports(hostile, name, path.decode(), page)


# The star is where the string goes.
SOURCES = (b'# *\ntask A: say "*"\n', b'task *: cpu 1\n', b'*', b'task A: cpu 1, *\n',
           b'lock *\nshared * = 1\n', b'task A: say "*", cpu 1 # *', b'task A: *\n')


def sources(hostile, strings):
    """Text of workloads: in a comment and in what is said, as a name, and raw."""
    for i, text in enumerate(strings):
        text = text.replace(b'\n', b' ') if i % 2 else text
        body = SOURCES[i % len(SOURCES)].replace(b'*', text)
        path = hostile.file(b'source.work', body).decode()
        hostile.way('source > events', formats.text, 'coroutine', path, '--model',
                    '--view', 'plain', source=body)
        if b'say' in body:
            shown(hostile, 'source', i, path, body)
        if text == MARK:
            played(hostile, 'source > screen', 'coroutine', path)


SHOWN = (('html', formats.page), ('chrome', formats.json_file), ('svg', formats.svg),
         ('speedscope', formats.json_file), ('cast', formats.cast),
         ('text', formats.text))


def shown(hostile, name, i, path, source):
    to, check = SHOWN[i % len(SHOWN)]
    hostile.way(f'{name} > {to}', check, 'export', path, '--model', '--to', to,
                source=source)


def file_names(hostile, strings):
    """Names of files that are there, and of those that are not."""
    for i, text in enumerate(strings):
        name = text.replace(b'/', b'_')[:200]
        if name in (b'.', b'..'):
            continue
        path = hostile.file(name, b'task A: say "hello", cpu 1\n')
        if i % 2:
            shown(hostile, 'file name', i // 2, path, name)
        elif i % 4:
            hostile.way('file name > report', formats.text, 'coroutine', path,
                        '--model', source=name)
        else:
            hostile.way('file name > report as JSON', formats.json_file, 'coroutine',
                        path, '--model', '--json', source=name)
        if text == MARK:
            played(hostile, 'file name > screen', 'coroutine', path)
        os.unlink(path)


ARGUMENTS = ['*', 'coroutine *', 'coroutine --*', 'coroutine --policy *', '--lang *',
             'coroutine --machines *', 'workload show *', 'lesson *', 'help *',
             'lesson * *', 'explore crossed --schedule *', 'compare --with *',
             'what-if --vary *', 'export cafeteria --to *', 'doctor *', 'reset *',
             'lesson reset *', 'watch -- *', 'coroutine -- *', 'python *',
             'coroutine --frame *', 'lesson check *', 'progress merge *',
             'coroutine --save *', 'replay *',
             'explore * --view none', 'bench *', 'coroutine --at *']


ARGUMENT_MAX = 50000  # the system takes 128 KiB


def arguments(hostile, strings):
    for i, text in enumerate(text[:ARGUMENT_MAX] for text in strings):
        way = ARGUMENTS[i % len(ARGUMENTS)].encode().split()
        hostile.way('argument > report', formats.text,
                    *(word.replace(b'*', text) for word in way), source=text)
        if i % 8 == 0:
            hostile.way('question > html', formats.page, 'export', 'juice', '--model',
                        '--to', 'html', '--question', text, source=text)
    os.makedirs(hostile.env['XDG_CONFIG_HOME'] + '/concviz', exist_ok=True)
    for text in strings[::8]:
        path = hostile.file(b'config/concviz/config', b'policy=' + text + b'\n')
        hostile.way('configuration > report', formats.text, 'coroutine', '--model', source=text)
        os.unlink(path)


LESSON = b"""# *
id: hostile
title-ko: *
objective: *

## Explain
* **bold *** `code *`

    *

## Workload
    # *
    task A: say "*", cpu 3

## Predict
about: run 1
* ?
- [x] *
  > *
- [ ] other *
truth: run 1 makespan == 3

## Run 1: *
mode: coroutine

## Modify
goal: *
start: run 1
check: makespan <= 3
hint: *
solution:
    task A: cpu 3

## Summary
*
"""


def lessons(hostile, strings):
    """Texts of lessons, what is typed into them, and what is kept of it."""
    for i, text in enumerate(strings):
        if i % 8:
            continue
        body = LESSON.replace(b'*', text.replace(b'\n', b' ') if i % 16 else text)
        path = hostile.file(b'hostile.md', body).decode()
        hostile.way('lesson > messages', formats.text, 'lesson', 'check', path,
                    source=body)
        hostile.way('lesson > text', formats.text, 'lesson', path, source=body)
        hostile.way('lesson > report', formats.text, 'lesson', path, '--class',
                    source=body)
        hostile.file(b'progress', text + b' done at=2 predict=b on=2026-11-28\n' +
                     b'hog done at=2 predict=' + text + b' on=' + text + b'\n')
        hostile.way('progress > messages', formats.text, 'progress', 'merge',
                    'progress', source=text)
        hostile.way('progress > csv', formats.table, 'progress', '--csv', '--name',
                    text[:ARGUMENT_MAX], source=text)
    for text in strings[::60] + [MARK]:
        body = LESSON.replace(b'*', text.replace(b'\n', b' '))
        path = hostile.file(b'hostile.md', body).decode()
        played(hostile, 'lesson > screen', 'lesson', path,
               keys=[b'\r', b'\r', text, b'a', b'\r', b'\r', text, b'\r', b'\r', b'\r'],
               source=body, leave=b'\x1bqy')


def completions(hostile, strings):
    """What bash would offer; it executes nothing, and a file is one word."""
    folder = os.path.join(hostile.work, 'names')
    os.makedirs(folder)
    names = {text.replace(b'/', b'_').replace(b'\n', b'_')[:200] for text in strings}
    names -= {b'.', b'..'}
    names |= {b'two words', b'*'}
    for name in names:
        hostile.file(b'names/' + name, b'')
    script = os.path.join(os.environ['srcdir'], 'cli/completion/concviz.bash')
    ask = ('. "$0"; COMP_WORDS=(concviz replay ""); COMP_CWORD=2; _concviz;'
           'printf "%s\\0" "${COMPREPLY[@]}"')
    got = subprocess.run(['bash', '-c', ask, os.path.abspath(script)], cwd=folder,
                         capture_output=True, env=hostile.env)

    def whole(offered):
        if set(offered.split(b'\0')[:-1]) != names:
            raise Wrong(f'{offered.count(0)} words for {len(names)} files')
    hostile.check('completion', whole, got.stdout)


def program(hostile, strings, page, name, *way):
    """Names that other people's programs give, while they print them."""
    given = hostile.file(b'given', b''.join(text + b'\0' for text in strings)).decode()
    path = os.path.join(hostile.work, 'kept')
    at = way.index('--') if '--' in way else len(way)
    try:
        hostile.run(*way[:at], '--stdin', given, '--record', path, '--view', 'none',
                    *way[at:])
    except Wrong as why:
        hostile.fail(name, why, b'')
        return
    exports(hostile, name, path, page)
    played(hostile, f'{name} > live screen', *way[:at], '--stdin', given, *way[at:])


def jobs(hostile, strings, some):
    """All ways in, each for a folder of its own."""
    source = os.path.join(os.path.abspath(os.environ['srcdir']), 'tests/hostile')
    threads = os.path.join(hostile.work, 'threads')
    page = formats.page(hostile.run('export', 'juice', '--model', '--to', 'html')[0])
    subprocess.run([*os.environ.get('CC', 'cc').split(), '-pthread', '-o', threads,
                    source + '/threads.c'], check=True)
    return [(tapes, [MARK] + strings, page), (sources, some), (file_names, some), (arguments, some),
            (lessons, some), (completions, strings),
            (imported, strings, page, 'Chrome read', chrome),
            (imported, strings, page, 'JSON lines read', lines),
            (imported, strings, page, 'perf read', perf),
            (program, strings, page, 'own program', 'coroutine', source + '/own.c'),
            (program, strings, page, 'threads run', 'coroutine', '--', threads),
            (program, strings, page, 'threads watched', 'threads', '--', threads),
            (program, strings, page, 'Python', 'python', source + '/tasks.py')]


def go(hostile, count):
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for from_ in range(0, count, BATCH):
            strings = words.strings(min(BATCH, count - from_), from_) + [MARK]
            some = strings if count >= 1000 else strings[::10] + [MARK] * 8
            here = hostile.beside(from_)
            done = [pool.submit(job, here.beside(job_number), *its)
                    for job_number, (job, *its) in enumerate(jobs(here, strings, some))]
            for one in done:
                one.result()
            shutil.rmtree(here.work)


def main():
    with tempfile.TemporaryDirectory() as work:
        hostile = Hostile(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]),
                          work)
        go(hostile, int(sys.argv[3]))
        hostile.report()


main()
