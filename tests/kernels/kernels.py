#!/usr/bin/env python3
"""The one file, alone with a kernel of Linux, in a computer that qemu plays.

usage: kernels.py PROCESSOR [KERNEL...]

In the build folder, after `make static`. PROCESSOR is x86_64 or aarch64, that of
static/concviz; KERNEL a file (vmlinuz), without any all of that processor in
kernels.txt, which are fetched from DEBIAN_MIRROR and UBUNTU_MIRROR, or where apt
has that system from. Each is booted with one core and with four. What depends on
no time must be byte for byte what the same file prints here, real runs must come
to the same results, and a key leaves the live screen. CC is the compiler for that
processor, LIBS what a program that uses concviz.h needs.
"""
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
CORES = (1, 4)
LIMIT = 1800  # seconds that a computer may take, on busy cores
MACHINE = {
    # Late timers of a busy host are not broken ones.
    "x86_64": ["qemu-system-x86_64", "-append",
               "console=ttyS0 quiet panic=-1 no_timer_check"],
    "aarch64": ["qemu-system-aarch64", "-machine", "virt",
                "-append", "console=ttyAMA0 quiet panic=-1"],
}
LOADER = {"x86_64": "lib64/ld-linux-x86-64.so.2",
          "aarch64": "lib/ld-linux-aarch64.so.1"}
LIBRARIES = ["libc.so.6", "libpthread.so.0", "libdl.so.2", "libm.so.6",
             "librt.so.1", "libgcc_s.so.1"]

SMALL = """\
machines 2
channel c size 2
task A B: cpu 3, lock m, cpu 1, unlock m, send c
task C: recv c, yield, recv c, sleep 5, sum 0..99
"""

MODES = ["sequential", "coroutine", "threads", "parallel", "hybrid"]


class Expected:
    """A command for the guest, and what is right of how it ends."""

    def __init__(self, words, right=None, live=None):
        self.words = words
        self.right = right  # of status and bytes; None: as here
        self.live = live    # what the live screen must show

    def line(self):
        return ("live " if self.live else "") + " ".join(self.words)


def says(words):
    return lambda status, out: status == 0 and words.encode() in out


def watched(status, out):
    return says("they counted 2000")(status, out) and b"nothing is known" not in out


def results(out):
    """What does not depend on time of a report."""
    run = json.loads(out[out.index(b"{"):])  # behind what is said of cores
    return run["outcome"], run["checksum"], \
        sorted((task["name"], task["result"]) for task in run["tasks"])


def commands(processor, here):
    """here: how the file is run on this computer."""
    model = subprocess.run(here + ["coroutine", "small.work", "--model",
                                   "--json"], stdout=subprocess.PIPE, check=True)
    wanted = results(model.stdout)

    def same(status, out):
        return status == 0 and results(out) == wanted

    for words in ("--version", "lesson list", "lesson check /lesson.en.md",
                  "lesson 3 --lang ko", "explore crossed --json",
                  "threads crossed --model --schedule 0DK03K81076TR --json",
                  "sequential noodles --model --json",
                  "coroutine mixed --model --json",
                  "threads hog --model --view plain",
                  "parallel cafeteria --model --frame 120x36",
                  "hybrid async-sum --model --machines 2 --json"):
        yield Expected(["/concviz"] + words.split())
    for mode in MODES:
        yield Expected(["/concviz", mode, "/small.work", "--json"], right=same)
    yield Expected(["/concviz", "coroutine", "/small.work", "--record",
                    "/tmp/small.cvt", "--json"], right=same)
    yield Expected(["/concviz", "replay", "/tmp/small.cvt", "--json"], right=same)
    yield Expected(["/concviz", "doctor"], right=says(""))
    yield Expected(["/own"], says("own 42"))
    # What fails in there is noticed here.
    yield Expected(["/nothing"], lambda status, out: status == 127)
    for words in ("threads --", "parallel --", "watch --"):
        yield Expected(["/concviz"] + words.split() + ["/two"],
                       right=watched)
    if processor == "x86_64":
        yield Expected(["/concviz", "coroutine", "--", "/two"], watched)
        yield Expected(["/concviz", "explore", "--", "/seen"],
                       says("is no proof"))
    else:
        yield Expected(["/concviz", "coroutine", "--", "/two"], lambda status, out:
                       status == 2 and b"on x86-64 with glibc only" in out)
    for words, shown in (("coroutine /small.work", "are done"),
                         ("threads -- /two", "quit"),
                         ("lesson 1", "go on")):
        yield Expected(["/concviz"] + words.split(), says(""), shown)


# --- what the computer finds --------------------------------------------------

def archive(folder):
    """The files below folder as cpio has them (newc), which the kernel unpacks."""
    out = bytearray()

    def add(name, mode, data):
        fields = (0, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
        out.extend(b"070701" + b"".join(b"%08x" % field for field in fields))
        for part in (name.encode() + b"\0", data):
            out.extend(part)
            out.extend(b"\0" * (-len(out) % 4))

    for path, folders, files in os.walk(folder):
        for name in folders:
            add(os.path.relpath(os.path.join(path, name), folder), 0o40755, b"")
        for name in files:
            full = os.path.join(path, name)
            with open(full, "rb") as file:
                add(os.path.relpath(full, folder),
                    0o100755 if os.access(full, os.X_OK) else 0o100644,
                    file.read())
    add("TRAILER!!!", 0, b"")
    return bytes(out)


def fill(root, processor, compiler):
    """Make all that the guest has in the folder root."""
    def compile_to(name, *arguments):
        subprocess.run(compiler + ["-O1", "-pthread", *arguments, "-o",
                                   os.path.join(root, name)], check=True)

    source = os.path.join(TOP, "tests/places/two.c")
    shutil.copy("static/concviz", root)
    compile_to("init", "-static", os.path.join(HERE, "init.c"))
    compile_to("two", source)
    compile_to("own", os.path.join(HERE, "own.c"), "-Iinclude", "libconcviz.a",
               "-Wl,-Bstatic", *os.environ.get("LIBS", "").split(),
               "-Wl,-Bdynamic")
    if processor == "x86_64":
        subprocess.run(["./concviz", "cc", *compiler, "-pthread", source, "-o",
                        os.path.join(root, "seen")], check=True)
    with open(os.path.join(root, "small.work"), "w") as file:
        file.write(SMALL)
    shutil.copy(glob.glob(os.path.join(TOP, "lessons/text/03-*.en.md"))[0],
                os.path.join(root, "lesson.en.md"))
    for name in [os.path.basename(LOADER[processor])] + LIBRARIES:
        path = subprocess.run(compiler + ["-print-file-name=" + name],
                              stdout=subprocess.PIPE, check=True)
        for folder in ("lib64", "lib"):
            os.makedirs(os.path.join(root, folder), exist_ok=True)
            shutil.copy(path.stdout.decode().strip(), os.path.join(root, folder))


# --- the computer ---------------------------------------------------------------

class Computer:
    """One that boots, runs the commands, and is switched off."""

    def __init__(self, processor, kernel, memory, cores, wanted):
        self.text = bytearray()
        self.wanted = wanted
        self.child = subprocess.Popen(
            MACHINE[processor] +
            ["-cpu", "max", "-smp", str(cores), "-m", "1024", "-kernel", kernel,
             "-initrd", memory, "-display", "none", "-monitor", "none",
             "-serial", "stdio", "-no-reboot", "-nic", "none"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)

    def press(self, done):
        """Leave the screen that is live if it shows what it must; how many are
        done."""
        begun = list(re.finditer(rb"\n#live (\d+)\n", self.text))
        if len(begun) > done:
            shown = self.wanted[int(begun[-1][1])].live.encode()
            if shown in self.text[begun[-1].end():]:
                self.child.stdin.write(b"q")
                self.child.stdin.flush()
                return done + 1
        return done

    def read(self):
        """All that it says until it is off."""
        timer = threading.Timer(LIMIT, self.child.kill)
        timer.start()
        done = 0
        while b"\n#done\n" not in self.text:
            some = os.read(self.child.stdout.fileno(), 65536)
            if not some:
                break
            self.text += some
            done = self.press(done)
        timer.cancel()
        self.child.kill()
        self.child.wait()
        return bytes(self.text)


def ran(text):
    """By number: the status and the bytes that it said of each command."""
    found = {}
    for match in re.finditer(rb"\n#ran (\d+) (\d+) (\d+)\n", text):
        found[int(match[1])] = (int(match[2]),
                                text[match.end():match.end() + int(match[3])])
    return found


# --- kernels --------------------------------------------------------------------

def unpacked(package, folder):
    """The kernel in a package for Debian."""
    tar = subprocess.run(["dpkg-deb", "--fsys-tarfile", package],
                         stdout=subprocess.PIPE, check=True)
    subprocess.run(["tar", "-x", "-C", folder, "--wildcards", "./boot/vmlinuz*"],
                   input=tar.stdout, check=True)
    return glob.glob(os.path.join(folder, "boot/vmlinuz*"))[0]


def mirror(system):
    """Where its packages are; None: nobody says so."""
    given = os.environ.get(system.upper() + "_MIRROR")
    if given or not shutil.which("apt-get"):
        return given
    known = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)"],
                           stdout=subprocess.PIPE, check=False)
    return next((uri for uri in known.stdout.decode().split()
                 if uri.rstrip("/").endswith("/" + system)), None)


def kernels(processor, work):
    """Name and file of those that can be had; the others are told."""
    with open(os.path.join(HERE, "kernels.txt")) as file:
        lines = [line.split() for line in file if line[0] not in "#\n"]
    for which, version, system, path, checksum in lines:
        folder = os.path.join(work, version)
        if which != processor:
            continue
        address = mirror(system)
        if not address:
            print(f"{version}: skipped: {system.upper()}_MIRROR is not set")
            continue
        address = address.rstrip("/") + "/" + path
        os.makedirs(folder)
        try:
            data = urllib.request.urlopen(address, timeout=60).read()
        except OSError as error:
            print(f"{version}: skipped: {error}")
            continue
        if hashlib.sha256(data).hexdigest() != checksum:
            sys.exit(f"{address} is not what kernels.txt says")
        package = os.path.join(folder, "package.deb")
        with open(package, "wb") as file:
            file.write(data)
        yield version, unpacked(package, folder)


# --- all of it ------------------------------------------------------------------

def check(expected, found, here):
    """What is wrong with what was found of one command, or None."""
    if found is None:
        return "did not end"
    status, out = found
    if expected.right:
        return None if expected.right(status, out) else f"status {status}"
    own = subprocess.run(here + [word.lstrip("/") for word in expected.words[1:]],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         stdin=subprocess.DEVNULL, check=False)
    if (status, out) != (own.returncode, own.stdout):
        return f"status {status}, {len(out)} bytes; here " \
               f"{own.returncode}, {len(own.stdout)}"
    return None


def count_wrong(wanted, text, here):
    """How many commands are not as wanted in what the computer said; tells which."""
    found = ran(text)
    wrong = 0
    for number, each in enumerate(wanted):
        problem = check(each, found.get(number), here)
        if problem:
            wrong += 1
            print(f"# {each.line()}: {problem}")
            print(found.get(number, (0, b""))[1][-2000:].decode(errors="replace"))
    if len(found) < len(wanted):
        print(text[-2000:].decode(errors="replace"))
    return wrong


def main(processor, files):
    if processor not in MACHINE:
        print(f"skipped: no computer with {processor} is known here")
        return 77
    here = [] if processor == os.uname().machine else [f"qemu-{processor}-static"]
    for tool in [MACHINE[processor][0], "dpkg-deb"] + here:
        if not shutil.which(tool):
            print(f"skipped: there is no {tool}")
            return 77
    compiler = os.environ.get("CC", "cc").split()
    bad = 0
    with tempfile.TemporaryDirectory() as work:
        root = os.path.join(work, "root")
        os.mkdir(root)
        fill(root, processor, compiler)
        here.append(os.path.join(root, "concviz"))
        os.environ.update(HOME=work, LC_ALL="C.UTF-8")
        os.environ.pop("LANGUAGE", None)
        os.chdir(root)
        wanted = list(commands(processor, here))
        with open("commands", "w") as file:
            file.writelines(each.line() + "\n" for each in wanted)
        memory = os.path.join(work, "memory")
        with open(memory, "wb") as file:
            file.write(archive(root))
        for version, kernel in [(name, name) for name in files] or \
                kernels(processor, work):
            for cores in CORES:
                text = Computer(processor, kernel, memory, cores,
                                wanted).read()
                wrong = count_wrong(wanted, text, here)
                print(f"{processor}, Linux {version}, cores {cores}: "
                      f"{len(wanted) - wrong} of {len(wanted)}", flush=True)
                bad += wrong
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], [os.path.abspath(path) for path in sys.argv[2:]]))
