"""What a Python program does, told to concviz while it does it.

    python3 concviz_trace.py SCRIPT [ARGUMENTS...]

runs SCRIPT as python3 would, and writes a line of JSON for each change of an
asyncio task or a thread into the file whose descriptor CONCVIZ_TRACE names
(sched/exchange/jsonl_read.h has the words). The program itself is not changed.

asyncio's tasks are written in C, but what they call is not: a loop is asked to
run each step of a task by call_soon, and runs it by Handle._run. So the one is
when a task comes into line, and the other is its turn. uvloop has handles of its
own; there the step itself is wrapped on its way through call_soon.

Only one thread at a time executes Python: who has the GIL. The interpreter does
not tell who that is, but who is seen doing something has it. So whoever was at a
machine until then has lost it, and gets it back when nobody else wants it. An
interpreter without a GIL has a machine for each thread.

The file is mapped: a line is there for the reader as soon as it is written,
without a call to the system, and none is lost when the program is killed.
"""
import asyncio
import asyncio.base_events
import asyncio.events
import asyncio.tasks
import atexit
import concurrent.futures.thread
import fcntl
import json
import mmap
import os
import sys
import threading
import time
import types
import warnings

WINDOW = 1 << 20  # bytes that are mapped at once
HIGH = 200  # descriptors below may be the program's

now = time.monotonic_ns
get_ident = threading.get_ident
HAS_GIL = getattr(sys, "_is_gil_enabled", lambda: True)()


# --- writing ------------------------------------------------------------------


class Tape:
    """Lines in a file that grows."""

    def __init__(self, fd):
        try:
            self.fd = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, HIGH)
            os.close(fd)
        except OSError:
            self.fd = fd
            os.set_inheritable(fd, False)
        fcntl.lockf(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.base = self.at = 0
        self.write = self.writer(self.turn())

    def turn(self):
        """Map what follows; if that cannot be, what is written is for nobody."""
        whole = self.at & -mmap.ALLOCATIONGRANULARITY
        try:
            os.ftruncate(self.fd, self.base + whole + WINDOW)
            mapped = mmap.mmap(self.fd, WINDOW, offset=self.base + whole)
        except (OSError, ValueError):
            mapped = mmap.mmap(-1, WINDOW)
        self.base += whole
        self.at -= whole
        return mapped

    def writer(self, mapped):
        """A function that writes a line, which must be ASCII. A line that comes
        while another one is being written, in a signal handler or on another
        thread, waits for its end."""
        at = self.at
        waiting = []
        lock = threading.Lock()
        acquire, release = lock.acquire, lock.release

        def write(line):
            nonlocal at, mapped
            data = line.encode()
            if not acquire(False):
                waiting.append(data)
                return
            try:
                end = at + len(data)
                if end >= WINDOW:
                    self.at = at
                    mapped = self.turn()
                    at = self.at
                    end = at + len(data)
                mapped[at:end] = data
                self.at = at = end
            finally:
                release()
            if waiting:
                write(waiting.pop(0).decode())

        return write

    def leave(self):
        """After a fork: the file is the parent's."""
        global write
        self.fd = -1
        write = self.write = self.writer(mmap.mmap(-1, WINDOW))

    def end(self):
        self.write('{"ev":"end"}\n')
        try:
            os.ftruncate(self.fd, self.base + self.at)
        except OSError:
            pass


# --- people -------------------------------------------------------------------


class State:
    """Of a thread: who is on it."""

    person = 0  # the task whose step is done now, or 0
    last = 0  # the task that was there last
    thread = 0  # the person that the thread itself is, or 0
    place = ""  # the machine of its loop, as the end of a line
    own = ""  # the machine of the thread
    woken = False  # the task has come into line in the middle of its step
    waits = False  # somebody here waits for something, and has said so


class Here(threading.local):
    def __init__(self):
        self.state = State()


here = Here()
write = None  # a line; see Tape
script = None
alive = set()
numbers = iter(range(1, 1 << 62))
names = {}  # texts as JSON
eager = {}  # of the coroutines that begin at once: their numbers
threads = 0  # people that are threads
at_gil = []  # who computes, as far as is known, and who wants to: (number, place)
places = [0]  # machines in use


def quoted(text):
    known = names.get(text)
    if known is None:
        known = json.dumps(text)
        if len(names) < 10000:
            names[text] = known
    return known


def by_whom(number):
    return f',"by":{number}' if number else ""


def create(name, state, place):
    number = next(numbers)
    alive.add(number)
    write(
        f'{{"t":{now()},"ev":"created","task":{number},"name":{quoted(name)}'
        f"{place}{by_whom(state.person or state.thread)}}}\n"
    )
    return number


def begin(number, place):
    """The person computes from now on."""
    if threads and HAS_GIL:
        take_gil(number, place)
    else:
        write(f'{{"t":{now()},"ev":"run","task":{number}{place}}}\n')


def leave(number, words):
    """It does no longer; words: the rest of the line that says why."""
    write(f'{{"t":{now()},"ev":{words},"task":{number}}}\n')
    if threads and HAS_GIL:
        give_gil(number)


def add_thread(state):
    """From now on it matters who has the GIL: whoever is here."""
    global threads
    threads += 1
    if threads == 1 and state.person:
        at_gil[:] = [(state.person, state.place)]


def take_gil(number, place):
    if at_gil and at_gil[0][0] == number:
        return
    t = now()
    if at_gil:
        write(f'{{"t":{t},"ev":"wait","task":{at_gil[0][0]},"on":"GIL"}}\n')
    at_gil[:] = [(number, place)] + [p for p in at_gil if p[0] != number]
    write(f'{{"t":{t},"ev":"run","task":{number}{place}}}\n')


def give_gil(number):
    """Who has waited longest has it now."""
    had = bool(at_gil) and at_gil[0][0] == number
    at_gil[:] = [p for p in at_gil if p[0] != number]
    if had and at_gil:
        at_gil.insert(0, at_gil.pop())
        write(f'{{"t":{now()},"ev":"run","task":{at_gil[0][0]}{at_gil[0][1]}}}\n')


def is_main():
    return threading.current_thread() is threading.main_thread()


def take_place():
    """The next machine that is free; the main thread has the first."""
    number = 0
    if not is_main():
        number = next(n for n in range(1, 1 << 30) if n not in places)
        places.append(number)
    return f',"tid":{number}'


def leave_place(place):
    number = int(place.rpartition(":")[2])
    if number and number in places:
        places.remove(number)


def place_of_thread():
    """Threads that take turns at a GIL share the machine of the main thread."""
    return ',"tid":0' if HAS_GIL else take_place()


# --- asyncio ------------------------------------------------------------------

Task = asyncio.tasks.Task
TASKS = (Task, asyncio.tasks._PyTask)
Coroutine = types.CoroutineType
SLEEP = asyncio.tasks.sleep.__code__
LIBRARY = os.path.dirname(asyncio.__file__)
BASE_EVENTS = asyncio.base_events.__file__
TIDYING = ("shutdown_asyncgens", "shutdown_default_executor")


def name_of(task):
    """Its name, if it was given one; else that of its coroutine, or the text that
    this one was called with first, as in fetch("A")."""
    name = task.get_name() if hasattr(task, "get_name") else ""
    if name and not (name.startswith("Task-") and name[5:].isdigit()):
        return name
    coroutine = task.get_coro()
    frame = getattr(coroutine, "cr_frame", None)
    if frame is not None and frame.f_code.co_argcount:
        first = frame.f_locals.get(frame.f_code.co_varnames[0])
        if isinstance(first, str) and first.isidentifier() and len(first) <= 16:
            return first
    return getattr(coroutine, "__name__", None) or name or "task"


def is_of_library(task):
    """asyncio.run tidies up by tasks of its own; uvloop's have no Python code."""
    coroutine = task.get_coro()
    code = getattr(coroutine, "cr_code", None)
    return coroutine.__name__ in TIDYING and (
        code is None or code.co_filename in (BASE_EVENTS, "uvloop/loop.pyx")
    )


def number_of(task, state):
    """0: it is nobody's business."""
    try:
        return task._concviz
    except AttributeError:
        pass
    number = eager.get(id(task.get_coro()))
    if number is None:
        state.place = state.place or take_place()
        number = 0
        if not is_of_library(task):
            number = create(name_of(task), state, state.place)
    task._concviz = number
    return number


def inside(awaited):
    """The frame of whatever is awaited, and what it awaits in turn."""
    for kind, inner in (("cr", "cr_await"), ("gi", "gi_yieldfrom"), ("ag", "ag_await")):
        frame = getattr(awaited, kind + "_frame", None)
        if frame is not None:
            return frame, getattr(awaited, inner)
    return None, None


def waits_for(task, future):
    """What it awaits, and the innermost line of the script that does."""
    last = inner = task.get_coro()
    line = 0
    innermost = None
    while inner is not None:
        if type(inner) is Coroutine:
            frame, following = inner.cr_frame, inner.cr_await
        else:
            frame, following = inside(inner)
        if frame is None:
            break
        if frame.f_code is SLEEP:
            return f"sleep({frame.f_locals.get('delay')})", line
        if frame.f_code.co_filename == script:
            line = frame.f_lineno
        innermost, last, inner = frame, inner, following
    if isinstance(future, TASKS):
        return f"task {number_of(future, here.state)}", line
    if innermost is None:
        return "", line
    if innermost.f_code.co_filename.startswith(LIBRARY):
        name = getattr(last, "__qualname__", innermost.f_code.co_name)
        owner = innermost.f_locals.get("self")
        if owner is not None and "." in name:
            return f"{name} {thing_number(owner)}", line
        return name.lstrip("_"), line
    if type(future).__name__ == "_GatheringFuture":
        return "gather", line
    return "future", line


things = {}


def thing_number(thing):
    """A lock, a queue … of its class: told apart by numbers."""
    try:
        return thing._concviz
    except AttributeError:
        kind = type(thing).__name__
        things[kind] = number = things.get(kind, 0) + 1
        try:
            thing._concviz = number
        except AttributeError:
            pass
        return number


def end_step(task, number, state):
    """Where the step has left the task."""
    if task.done():
        alive.discard(number)
        how = "ok"
        if task.cancelled():
            how = "cancelled"
        elif task._exception is not None:
            how = f"{type(task._exception).__name__}: {task._exception}"
        leave(number, f'"done","how":{quoted(how)}')
    elif state.woken:
        leave(number, '"yield"')
    else:
        on, line = waits_for(task, task._fut_waiter)
        leave(number, f'"wait","on":{quoted(on)},"line":{line}')


def step(task, state, run, *args):
    """Run the next step of a task."""
    number = number_of(task, state)
    if not number:
        return run(*args)
    before = state.person
    state.person = state.last = number
    state.woken = False
    if threads:
        begin(number, state.place)
    else:
        write(f'{{"t":{now()},"ev":"run","task":{number}{state.place}}}\n')
    try:
        return run(*args)
    finally:
        if state.woken and not threads and not task.done():
            write(f'{{"t":{now()},"ev":"yield","task":{number}}}\n')
        else:
            end_step(task, number, state)
        state.person = before


run_handle = asyncio.events.Handle._run


def handle_run(self):
    task = getattr(self._callback, "__self__", None)
    if type(task) is Task or isinstance(task, TASKS):
        return step(task, self._loop._concviz or here.state, run_handle, self)
    return run_handle(self)


def come_into_line(task, state):
    number = number_of(task, state)
    if number == state.person:
        state.woken = True
    elif number:
        write(f'{{"t":{now()},"ev":"ready","task":{number}{by_whom(state.person)}}}\n')


call_soon_before = asyncio.base_events.BaseEventLoop.call_soon


def call_soon(self, callback, *args, context=None):
    task = getattr(callback, "__self__", None)
    if type(task) is Task or isinstance(task, TASKS):
        come_into_line(task, self._concviz or here.state)
    return call_soon_before(self, callback, *args, context=context)


def watch_other_loop(loop_class):
    """A loop whose handles are not asyncio's: uvloop's."""
    before = loop_class.call_soon

    def call_soon_wrapped(self, callback, *args, context=None):
        task = getattr(callback, "__self__", None)
        if not isinstance(task, TASKS):
            return before(self, callback, *args, context=context)
        come_into_line(task, here.state)
        return before(
            self, step, task, here.state, callback, *args, context=context
        )

    loop_class.call_soon = call_soon_wrapped


class UvloopFinder:
    """Sees uvloop being imported."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "uvloop":
            return None
        sys.meta_path.remove(UvloopFinder)
        spec = __import__("importlib.util").util.find_spec(name)
        if spec is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                watch_other_loop(module.Loop)

            spec.loader.exec_module = exec_module
        return spec


def eager_factory(factory):
    """A task whose first step is done in the middle of its creator's turn: it
    comes to no machine for that."""

    def make(loop, coroutine, **options):
        if asyncio._get_running_loop() is not loop:
            return factory(loop, coroutine, **options)
        state = here.state
        name = options.get("name") or coroutine.__name__
        number = create(name, state, state.place)
        before = state.person, state.woken
        eager[id(coroutine)] = state.person = number
        state.woken = False
        try:
            task = factory(loop, coroutine, **options)
            task._concviz = number
            end_step(task, number, state)
        finally:
            del eager[id(coroutine)]
            state.person, state.woken = before
        return task

    return make


warn_unawaited = warnings._warn_unawaited_coroutine


def never_awaited(coroutine):
    state = here.state
    number = create(coroutine.__name__, state, state.place)
    alive.discard(number)
    write(f'{{"t":{now()},"ev":"done","how":"never awaited","task":{number}}}\n')
    warn_unawaited(coroutine)


# The warning is of the line that has lost the coroutine: frames of this name are
# passed over by warnings.
never_awaited.__code__ = never_awaited.__code__.replace(
    co_filename="importlib._bootstrap"
)


def watch_asyncio():
    asyncio.base_events.BaseEventLoop._concviz = None  # State of its thread
    asyncio.events.Handle._run = handle_run
    asyncio.base_events.BaseEventLoop.call_soon = call_soon
    warnings._warn_unawaited_coroutine = never_awaited
    sys.meta_path.insert(0, UvloopFinder)
    if hasattr(asyncio.tasks, "eager_task_factory"):
        made = asyncio.tasks.create_eager_task_factory
        asyncio.eager_task_factory = eager_factory(asyncio.tasks.eager_task_factory)
        asyncio.tasks.eager_task_factory = asyncio.eager_task_factory
        asyncio.create_eager_task_factory = lambda kind: eager_factory(made(kind))
        asyncio.tasks.create_eager_task_factory = asyncio.create_eager_task_factory


# --- threads ------------------------------------------------------------------


def line_of_script():
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename != script:
        frame = frame.f_back
    return frame.f_lineno if frame is not None else 0


def main_person(state):
    """The main thread is somebody as soon as it does more than to run a loop."""
    if not state.thread and is_main() and asyncio._get_running_loop() is None:
        add_thread(state)
        state.own = place_of_thread()
        state.thread = create("main thread", state, state.own)
        begin(state.thread, state.own)
    return state.thread


def blocking(what, call):
    """Whoever calls it waits meanwhile: a task keeps its machine, for the loop
    waits, too; a thread leaves it. what: for what, or None if it does not."""

    def wait(*args, **options):
        state = here.state
        text = None if state.waits else what(*args, **options)
        number = text and (state.person or main_person(state))
        if not number:
            return call(*args, **options)
        state.waits = True
        word = '"hold"' if state.person else '"wait"'
        leave(number, f'{word},"on":{quoted(text)},"line":{line_of_script()}')
        try:
            return call(*args, **options)
        finally:
            state.waits = False
            begin(number, state.place if state.person else state.own)

    wait.__name__ = call.__name__
    wait.__doc__ = call.__doc__
    return wait


class Lock:
    """threading.Lock, which tells who waits for it."""

    def __init__(self):
        self._lock = lock = threading_lock()
        self.release, self.locked = lock.release, lock.locked
        self._at_fork_reinit = getattr(lock, "_at_fork_reinit", None)

    def acquire(self, blocking=True, timeout=-1):
        if self._lock.acquire(False):
            return True
        return blocking and self._wait(timeout)

    def _wait(self, timeout):
        return self._lock.acquire(True, timeout)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *what):
        self.release()


threading_lock = threading.Lock
Lock._wait = blocking(lambda self, timeout: f"Lock.acquire {thing_number(self)}", Lock._wait)

start_before = threading.Thread.start
bootstrap_before = threading.Thread._bootstrap_inner
work_before = concurrent.futures.thread._WorkItem.run
run_forever_before = asyncio.base_events.BaseEventLoop.run_forever


def is_worker(thread):
    return getattr(thread, "_target", None) is concurrent.futures.thread._worker


def thread_start(self):
    if getattr(self._target, "__name__", "") == "_do_shutdown":
        return start_before(self)  # asyncio.run waits for its threads so
    state = here.state
    main_person(state)
    add_thread(state)
    name = self.name
    if name.startswith("Thread-") and name.endswith(")") and "(" in name:
        name = name[name.index("(") + 1 : -1]
    self._concviz = create(name, state, "")
    alive.discard(self._concviz)  # it may wait for work when all is over
    write(f'{{"t":{now()},"ev":"ready","task":{self._concviz}}}\n')
    waits, state.waits = state.waits, True  # until it is there, which is nothing
    try:
        return start_before(self)
    finally:
        state.waits = waits


def thread_bootstrap(self):
    global threads
    state = here.state
    state.thread = number = getattr(self, "_concviz", 0)
    if not number:
        return bootstrap_before(self)
    state.own = place_of_thread()
    begin(number, state.own)
    if is_worker(self):
        leave(number, '"wait","on":"work"')
    try:
        return bootstrap_before(self)
    finally:
        leave(number, '"done","how":"ok"')
        for place in (state.own, state.place):
            if place:
                leave_place(place)
        threads -= 1
        if not threads:
            del at_gil[:]


def work_run(self):
    state = here.state
    if not state.thread or not is_worker(threading.current_thread()):
        return work_before(self)
    begin(state.thread, state.own)
    try:
        return work_before(self)
    finally:
        leave(state.thread, '"wait","on":"work"')


def run_forever(self):
    """The thread waits until its loop has ended."""
    self._concviz = state = here.state
    if not state.thread:
        return run_forever_before(self)
    leave(state.thread, '"wait","on":"event loop"')
    try:
        return run_forever_before(self)
    finally:
        begin(state.thread, state.own)


def what_of_wait(self, timeout=None, *args):
    if isinstance(timeout, (int, float)) and timeout <= 0:
        return None
    return f"{type(self).__name__}.wait {thing_number(self)}"


def watch_threads():
    threading.Thread.start = thread_start
    threading.Thread._bootstrap_inner = thread_bootstrap
    concurrent.futures.thread._WorkItem.run = work_run
    asyncio.base_events.BaseEventLoop.run_forever = run_forever
    threading.Lock = Lock
    time.sleep = blocking(lambda seconds: f"sleep({seconds})", time.sleep)
    threading.Thread.join = blocking(
        lambda self, timeout=None: f"task {self._concviz}"
        if self.is_alive() and hasattr(self, "_concviz")
        else None,
        threading.Thread.join,
    )
    for kind in (threading.Condition, threading.Event, threading.Barrier):
        kind.wait = blocking(what_of_wait, kind.wait)


# --- what is printed ----------------------------------------------------------


def watch_output(stream):
    """Whose line it is."""
    before = getattr(stream, "write", None)
    begun = []

    def write_text(text):
        result = before(text)
        begun.append(text)
        if "\n" in text:
            lines = "".join(begun).split("\n")
            begun[:] = lines[-1:]
            state = here.state
            number = state.person or state.thread or state.last
            if number:
                for line in lines[:-1]:
                    say(number, line)
        return result

    if before is not None:
        stream.write = write_text


def say(number, line):
    write(f'{{"t":{now()},"ev":"say","task":{number},"text":{json.dumps(line)}}}\n')


# --- the script ---------------------------------------------------------------


def show_without_us(kind, error, traceback):
    """The program's own frames are enough."""
    while traceback is not None and traceback.tb_frame.f_code.co_filename == __file__:
        traceback = traceback.tb_next
    sys.__excepthook__(kind, error.with_traceback(traceback), traceback)


def finish():
    number = here.state.thread
    if number:
        alive.discard(number)
        leave(number, '"done","how":"ok"')
    for number in sorted(alive):
        write(f'{{"t":{now()},"ev":"done","how":"pending","task":{number}}}\n')
    tape.end()


def run_script(path):
    global script
    if sys.version_info >= (3, 9):
        path = os.path.abspath(path)
    script = path
    with open(path, "rb") as file:
        source = file.read()
    if b"async" not in source:
        main_person(here.state)
    main = types.ModuleType("__main__")
    main.__file__ = path
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    sys.argv[:] = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.realpath(path))
    exec(compile(source, path, "exec"), main.__dict__)


if __name__ == "__main__":
    tape = Tape(int(os.environ.pop("CONCVIZ_TRACE")))
    write = tape.write
    write(
        f'{{"ev":"meta","version":1,"clock":"monotonic","pid":{os.getpid()},'
        f'"python":{json.dumps(sys.version.split()[0])},'
        f'"gil":{json.dumps(HAS_GIL)}}}\n'
    )
    atexit.register(finish)
    os.register_at_fork(after_in_child=tape.leave)
    sys.excepthook = show_without_us
    watch_asyncio()
    watch_threads()
    watch_output(sys.stdout)
    watch_output(sys.stderr)
    run_script(sys.argv[1])
