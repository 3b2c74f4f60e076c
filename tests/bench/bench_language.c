/*
 * bench_language.c -- Go and Python, where they are installed.
 *
 * Each is a dozen lines of source, given to the language's own tool; it prints
 * one number, nanoseconds for one yield. Go's is compiled once, on one core
 * like ours, in a folder that is gone at the end.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench.h"

static const char go_source[] =
    "package main\n"
    "import (\"fmt\"; \"os\"; \"runtime\"; \"time\")\n"
    "const yields = 500000\n"
    "func play(done chan bool) {\n"
    "  for i := 0; i < yields; i++ { runtime.Gosched() }\n"
    "  done <- true\n"
    "}\n"
    "func end(done chan bool) { done <- true }\n"
    "func main() {\n"
    "  runtime.GOMAXPROCS(1)\n"
    "  done := make(chan bool, 2)\n"
    "  began := time.Now()\n"
    "  if len(os.Args) > 1 {\n"
    "    for i := 0; i < yields; i++ { go end(done); <-done }\n"
    "    fmt.Println(time.Since(began).Nanoseconds() / yields)\n"
    "    return\n"
    "  }\n"
    "  go play(done)\n"
    "  go play(done)\n"
    "  <-done\n"
    "  <-done\n"
    "  fmt.Println(time.Since(began).Nanoseconds() / (2 * yields))\n"
    "}\n";

/* Processor time: others may keep the cores busy. */
#define PYTHON_SOURCE                                                          \
    "import asyncio, time\n"                                                   \
    "N = 20000\n"                                                              \
    "async def play():\n"                                                      \
    "    for _ in range(N): await asyncio.sleep(0)\n"                          \
    "async def main():\n"                                                      \
    "    began = time.process_time_ns()\n"                                     \
    "    await asyncio.gather(play(), play())\n"                               \
    "    print((time.process_time_ns() - began) // (2 * N))\n"                 \
    "asyncio.run(main())\n"

static const char python_command[] = "python3 -c '\n" PYTHON_SOURCE
                                     "' 2>/dev/null";

/* As `concviz python` runs it. */
static const char watched_command[] =
    "t=$(mktemp -d) && cat >$t/s.py <<END\n" PYTHON_SOURCE "END\n"
    "CONCVIZ_TRACE=9 python3 cli/python/concviz_trace.py $t/s.py 9<>$t/j "
    "2>/dev/null; rm -rf $t";

static int64_t number_of(const char *command)
{
    FILE *output = popen(command, "r");
    long number = -EIO;

    if (!output)
        return -errno;
    if (fscanf(output, "%ld", &number) != 1)
        number = -EIO;
    pclose(output);
    return number;
}

/* --- Go ------------------------------------------------------------------- */

static char folder[] = P_tmpdir "/bench-go.XXXXXX";
static bool compiled;

static void forget_go(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        fprintf(stderr, "bench: %s is still there\n", folder);
}

static bool compile_go(void)
{
    char command[256];
    FILE *file;

    if (!mkdtemp(folder))
        return false;
    atexit(forget_go);
    snprintf(command, sizeof command, "%s/yield.go", folder);
    file = fopen(command, "w");
    if (!file)
        return false;
    fputs(go_source, file);
    fclose(file);
    snprintf(command, sizeof command,
             "cd %s && GOCACHE=%s/cache GO111MODULE=off go build -o yield "
             "yield.go 2>/dev/null",
             folder, folder);
    return system(command) == 0;
}

bool bench_language_start(void)
{
    compiled = compile_go();
    return compiled;
}

static int64_t run_go(const char *argument)
{
    char command[128];

    if (!compiled)
        return -ENOENT;
    snprintf(command, sizeof command, "%s/yield %s", folder, argument);
    return number_of(command);
}

int64_t bench_go(void)
{
    return run_go("");
}

int64_t bench_go_create(void)
{
    return run_go("create");
}

int64_t bench_python_watched(void)
{
    return number_of(watched_command);
}

int64_t bench_python(void)
{
    return number_of(python_command);
}
