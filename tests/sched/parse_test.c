/*
 * parse_test.c -- every refusal, with its place and what it says.
 */
#include "tests/suite.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_claim.h"
#include "sched/workload/workload_parse.h"

static struct workload *parse(const char *text, struct diag *diag)
{
    return workload_parse("f.work", "f", text, strlen(text), diag);
}

static struct workload *parse_well(const char *text)
{
    struct diag diag = { 0 };
    struct workload *workload = parse(text, &diag);

    ck_assert_msg(workload != NULL, "%d:%d: %s\nin: %s", diag.line, diag.column,
                  diag.message, text);
    return workload;
}

static const struct mistake {
    const char *text;
    int line, column;
    const char *message;
} mistake[] = {
    /* the text as a whole */
    { "", 1, 1, "no tasks" },
    { "# nothing\n\n", 1, 1, "no tasks" },
    { "generator G: cpu 1\n", 1, 1, "no tasks" },
    { "task A: cpu 1\ntask \xff: cpu 1\n", 2, 6, "0xff is not valid UTF-8" },
    { "# \xc0\x80\n", 1, 3, "0xc0 is not valid UTF-8" },
    { "# 자판기 \x1b[2J\n", 1, 7, "control character 0x1b" },
    { "task A: cpu 1\rtask B: cpu 1\n", 1, 14, "control character 0x0d" },
    { "task A: say \"\x7f\"\n", 1, 14, "control character 0x7f" },
    /* statements */
    { "tsak A: cpu 1\n", 1, 1, "did you mean \"task\"" },
    { "  Task A: cpu 1\n", 1, 3, "did you mean \"task\"" },
    { "hello\n", 1, 1, "a line cannot begin with \"hello\"; it begins" },
    { "42\n", 1, 1, "a line cannot begin with \"42\"" },
    { "\"\"\n", 1, 1, "a line cannot begin with" },
    { "cpu 30\n", 1, 1, "\"cpu\" is a step; steps follow the name of a task" },
    { "machines 2 3\n", 1, 12, "complete before \"3\"" },
    { "shared n = 0 task A: cpu 1\n", 1, 14, "complete before \"task\"" },
    { "lines\n", 1, 6, "shared or own, not the end of the line" },
    { "lines one\n", 1, 7, "shared or own, not \"one\"" },
    { "lines own\nlines own\n", 2, 1, "\"lines\" is given twice" },
    { "machines\n", 1, 9, "a whole number is missing" },
    { "machines two\n", 1, 10, "missing before \"two\"" },
    { "machines 0\n", 1, 10, "out of range" },
    { "machines -1\n", 1, 10, "out of range" },
    { "machines 1001\n", 1, 10, "from 1 to 1000" },
    { "machines 99999999999999999999\n", 1, 10, "out of range" },
    { "machines 1\nmachines 2\n", 2, 1, "\"machines\" is given twice" },
    { "slice 1\nslice 2\n", 2, 1, "\"slice\" is given twice" },
    { "slice\ntask A: cpu 1\n", 1, 6, "a time is missing" },
    { "slice -1\n", 1, 7, "cannot be negative" },
    { "machines 2x\n", 1, 10, "plain whole number" },
    { "shared\n", 1, 7, "a name is missing before the end of the line" },
    { "shared n\n", 1, 9, "a = is missing" },
    { "shared n 0\n", 1, 10, "a = is missing before \"0\"" },
    { "shared n = x\n", 1, 12, "a whole number is missing" },
    { "shared 1n = 0\n", 1, 8, "a name is missing before \"1n\"" },
    { "channel\n", 1, 8, "a name is missing" },
    { "channel c size\n", 1, 15, "a whole number is missing" },
    { "channel c size -1\n", 1, 16, "out of range" },
    { "channel c 3\n", 1, 11, "complete before \"3\"" },
    { "barrier b\n", 1, 10, "a whole number is missing" },
    { "barrier b 0\n", 1, 11, "out of range" },
    { "barrier b size 2\n", 1, 11, "missing before \"size\"" },
    /* tasks: names and attributes */
    { "task\n", 1, 5, "a name is missing before the end of the line" },
    { "task : cpu 1\n", 1, 6, "a name is missing before \":\"" },
    { "task 1: cpu 1\n", 1, 6, "a name begins with a letter" },
    { "task \u200bA: cpu 1\n", 1, 6, "a name begins with a letter" },
    { "task A\u202eB: cpu 1\n", 1, 7, "a colon is missing" },
    { "task \u3164: cpu 1\n", 1, 6, "a name begins with a letter" },
    { "task 😀: cpu 1\n", 1, 6, "a name begins with a letter" },
    { "task A: cpu 1\ntask \u0410: cpu 1\n", 2, 6, "looks like another" },
    { "task \u0410: cpu 1\ntask A: cpu 1\n", 2, 6, "in line 1, column 6" },
    { "task A: lock m, unlock m\ntask B: lock \uff4d, unlock \uff4d\n", 2, 14,
      "looks like another" },
    { "task 가: cpu 1\ntask \u1100\u1161: cpu 1\n", 2, 6,
      "given twice; line 1" },
    { "task line 1: cpu 1\n", 1, 6, "\"line\" cannot be a task's name" },
    { "task A, B: cpu 1\n", 1, 7, "separated by blanks" },
    { "task A\n", 1, 7, "a colon is missing before the end of the line" },
    { "task A cpu 30\n", 1, 8, "a colon is missing before \"cpu\"" },
    { "task A 30\n", 1, 8, "a colon is missing before \"30\"" },
    { "task A lnie 2: cpu 1\n", 1, 8, "did you mean \"line\"" },
    { "task A line: cpu 1\n", 1, 12, "a whole number is missing" },
    { "task A line 0: cpu 1\n", 1, 13, "from 1 to 1000" },
    { "task A line 2000: cpu 1\n", 1, 13, "out of range" },
    { "task A line 1 line 2: cpu 1\n", 1, 15, "\"line\" is given twice" },
    { "task A at 5 at spawn: cpu 1\n", 1, 13, "\"at\" is given twice" },
    { "task A priority: cpu 1\n", 1, 16, "a whole number is missing" },
    { "task A at: cpu 1\n", 1, 10, "a time is missing before \":\"" },
    { "task A at -5: cpu 1\n", 1, 11, "cannot be negative" },
    { "task A after: cpu 1\n", 1, 13, "a name is missing" },
    { "task A A: cpu 1\n", 1, 8, "given twice; line 1 already" },
    { "task A: cpu 1\n\ntask A: cpu 1\n", 3, 6, "gives it to a task" },
    { "channel A\ntask A: cpu 1\n", 2, 6, "gives it to a channel" },
    { "generator G line 1: cpu 1\n", 1, 13, "in no line" },
    { "task A: spawn B\ntask B at spawn after A: cpu 1\n", 2, 8, "not both" },
    /* steps */
    { "task A: slep 5\n", 1, 9, "no step \"slep\"; did you mean \"sleep\"" },
    { "task A: CPU 5\n", 1, 9, "did you mean \"cpu\"" },
    { "task A: break\n", 1, 9, "leaves a loop, and there is none" },
    { "task A: x = y\n", 1, 13, "there is no variable named \"y\": set it" },
    { "shared sum = 0\ntask A: x = sun\n", 2, 13, "did you mean \"sum\"" },
    { "shared n = 0\ntask A: if n == 0 (x = 1), cpu x\n", 2, 28,
      "\"x\" may have no value here" },
    { "shared n = 0\ntask A: while n (x = 1), cpu x\n", 2, 26,
      "\"x\" may have no value here" },
    { "channel c\ntask A: for x from c (), cpu x\n", 2, 26,
      "\"x\" may have no value here" },
    { "shared w[2] = 0\ntask A: x = w[2]\n", 2, 13, "there is no w[2]" },
    { "shared w[2] = 0\ntask A: w[2] = 1\n", 2, 9, "there is no w[2]" },
    { "shared w[2] = 0\nchannel c\ntask A: send c 1\ntask B: recv c w[9]\n", 4,
      9, "there is no w[9]" },
    { "shared w[2] = 0\ntask A: x = w\n", 2, 13, "\"w\" is an array" },
    { "shared w[3] = 0, 1\n", 1, 19, "has 3 elements" },
    { "shared w[0] = 0\n", 1, 10, "out of range" },
    { "shared n = 0\ntask A: n[0] = 1\n", 2, 9, "\"n\" is no array" },
    { "mutex m[2]\ntask A: lock m\n", 2, 9, "\"m\" is an array" },
    { "mutex m[2]\ntask A: lock m[2]\n", 2, 9, "there is no m[2]" },
    { "task A: lock m[0]\n", 1, 9, "\"m\" is no array" },
    { "task A: cpu 1\ntask B after A[0]: cpu 1\n", 2, 14, "is no array" },
    { "task A[2]: cpu 1\ntask B after A[2]: cpu 1\n", 2, 14,
      "there is no A[2]" },
    { "task A: atomic (cpu 1)\n", 1, 17, "\"cpu\" cannot stand in an atomic" },
    { "task A: x = 1 < 2 < 3\n", 1, 19, "two numbers at a time" },
    { "task A: x = me\n", 1, 13, "\"me\" is the number of a task" },
    { "task A: x = 5ms\n", 1, 13, "numbers have no unit" },
    { "task A: x = 9223372036854775808\n", 1, 13, "too large" },
    { "task A: x = (1 + 2\n", 1, 13, "this ( is never closed" },
    { "task A: x = 1 +\n", 1, 16, "a number or a name is missing" },
    { "task A: while 1 cpu 2\n", 1, 17, "a ( is missing before \"cpu\"" },
    { "task A: repeat (\n  cpu 1,\n  lock m\n)\n", 3, 3, "second round" },
    { "task A: cpu 1,\n  cpu\n", 2, 6, "a time is missing" },
    { "task A: cpu 1,\n  repeat 2 (\n  cpu 1\n", 2, 12, "never closed" },
    { "task A: dance\n", 1, 9, "no step \"dance\"" },
    { "task A: cpu 1,\n", 1, 15, "a step is missing before the end" },
    { "task A: , cpu 1\n", 1, 9, "a step is missing before \",\"" },
    { "task A: cpu 1 cpu 2\n", 1, 15, "a comma is missing before \"cpu\"" },
    { "task A: cpu 1; cpu 2\n", 1, 14, "a comma is missing before \";\"" },
    { "task A: cpu 30 ms\n", 1, 16, "follow its number directly" },
    { "task A: cpu\n", 1, 12, "a time is missing before the end" },
    { "task A: cpu x\n", 1, 13, "there is no variable named \"x\"" },
    { "task A: cpu -1\n", 1, 13, "cannot be negative" },
    { "task A: cpu 5m\n", 1, 14, "\"m\" is not a unit of time" },
    { "task A: cpu 5msec\n", 1, 14, "\"msec\" is not a unit of time" },
    { "task A: cpu 1e3\n", 1, 14, "\"e3\" is not a unit of time" },
    { "task A: cpu 0.0001\n", 1, 13, "the finest is 1us" },
    { "task A: cpu 0.5us\n", 1, 13, "the finest is 1us" },
    { "task A: cpu 0.00000000000000000001\n", 1, 13, "the finest is 1us" },
    { "task A: cpu 1000001s\n", 1, 13, "the longest is 1000000s" },
    { "task A: cpu 1000000.5s\n", 1, 13, "the longest is 1000000s" },
    { "task A: cpu 99999999999999999999\n", 1, 13, "the longest is" },
    { "task A: cpu 30 by\n", 1, 18, "a time is missing" },
    { "task A: cpu 30 by 0\n", 1, 19, "longer than zero" },
    { "task A: sleep\n", 1, 14, "a time is missing" },
    { "task A: sleep forever\n", 1, 15, "no variable named \"forever\"" },
    { "task A: block\n", 1, 14, "a time is missing" },
    { "task A: yield to\n", 1, 17, "a name is missing" },
    { "task A: yield 5\n", 1, 15, "a comma is missing before \"5\"" },
    { "task A: lock\n", 1, 13, "a name is missing" },
    { "task A: send\n", 1, 13, "a name is missing" },
    { "task A: say hello\n", 1, 13, "quoted text is missing" },
    { "task A: say \"hello\n", 1, 13, "has no end" },
    { "task A: say \"a\\\"\n", 1, 13, "has no end" },
    { "task A: sum\n", 1, 12, "a whole number is missing" },
    { "task A: sum 5\n", 1, 14, "two dots are missing" },
    { "task A: sum 5.9\n", 1, 14, "two dots are missing" },
    { "task A: sum 5..\n", 1, 16, "a whole number is missing" },
    { "task A: sum 5..4\n", 1, 13, "count backwards" },
    { "task A: sum 0..9999999999\n", 1, 16, "out of range" },
    { "task A: priority\n", 1, 17, "a whole number is missing" },
    { "task A: repeat , (cpu 1)\n", 1, 16, "a whole number is missing" },
    { "task A: repeat 2 cpu 1\n", 1, 18, "a ( is missing before \"cpu\"" },
    { "task A: repeat 2 (cpu 1\n", 1, 18, "this ( is never closed" },
    { "task A: cpu 1)\n", 1, 14, "this ) closes nothing" },
    { "task A: repeat -1 (cpu 1)\n", 1, 16, "out of range" },
    { "shared n = 0\ntask A: read n, write n\n", 2, 24, "plus a number" },
    { "shared n = 0\ntask A: read n, write n+\n", 2, 25, "number is missing" },
    { "shared n = 0\ntask A: read n, write n+x\n", 2, 25, "missing before" },
    { "task A: write +1\n", 1, 15, "a name is missing" },
    /* calculations and places in arrays */
    { "shared w[2] = 0\ntask A: x = w[1\n", 2, 16, "a ] is missing" },
    { "shared w[2] = 0\ntask A: x = w[]\n", 2, 15, "or a name is missing" },
    { "shared w[2] = 0\ntask A: w[ = 1\n", 2, 12, "or a name is missing" },
    { "shared w[2] = 0\ntask A: w[9999999999] = 1\n", 2, 9, "there is no w[" },
    { "shared w[2] = 0\ntask A: w[1] 5\n", 2, 14, "a = is missing" },
    { "shared w[2] = 0\ntask A: write w[+1\n", 2, 17, "or a name is missing" },
    { "task A: x = -\n", 1, 14, "a number or a name is missing" },
    { "task A: x = not\n", 1, 16, "a number or a name is missing" },
    { "task A: x = 1 or\n", 1, 17, "a number or a name is missing" },
    { "task A: x = 1..2..3\n", 1, 17, "two numbers at a time" },
    { "task A: x == 1\n", 1, 9, "no step \"x\"" },
    { "task A: cpu 1, x = 2, y = x[0]\n", 1, 27, "\"x\" is no array" },
    { "task A[2]: x = me[0]\n", 1, 16, "\"me\" is no array" },
    { "task A: x = 1, x[0] = 2\n", 1, 16, "no array named \"x\"" },
    { "channel c\ntask A: x = c\n", 2, 13, "is a channel (line 1), not" },
    { "channel c\ntask A: recv c 5\n", 2, 16, "a name is missing" },
    { "channel c\ntask A: for 5 from c (cpu 1)\n", 2, 13, "a name" },
    { "channel c\ntask A: for x c (cpu 1)\n", 2, 15, "\"from\" is missing" },
    { "task A: yield to B[\ntask B[2]: cpu 1\n", 1, 20, "name is missing" },
    { "task A after B[: cpu 1\n", 1, 16, "a whole number is missing" },
    { "task A: say \"hello\\", 1, 13, "has no end" },
    { "task A times 3: cpu 1\n", 1, 8, "a task with a period" },
    { "task A: cpu 30 s\n", 1, 16, "follow its number directly" },
    { "mutex\n", 1, 6, "a name is missing" },
    { "mutex m[x]\n", 1, 9, "a whole number is missing" },
    { "never\ntask A: cpu 1\n", 1, 6, "a number or a name is missing" },
    { "never n == 1\ntask A: cpu 1\n", 1, 7, "no variable named \"n\"" },
    { "shared n = 0\nnever n == 1..2\ntask A: cpu 1\n", 2, 7,
      "cannot be left to chance" },
    { "shared n = 1\nnever n == 1\ntask A: cpu 1\n", 2, 7,
      "broken before the first step" },
    /* policies */
    { "policy mlfq boost\n", 1, 18, "a time is missing" },
    { "policy mlfq 1,\n", 1, 15, "a time is missing" },
    { "policy mlfq 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n", 1, 45,
      "mlfq has at most" },
    { "policy AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      "\n",
      1, 8, "is not a policy" },
    /* names that stand for nothing, or for something else */
    { "task A: send c\n", 1, 9, "no channel named \"c\"; declare it" },
    { "channel cake\ntask A: recv cak\n", 2, 9, "did you mean \"cake\"" },
    { "task A: close c\n", 1, 9, "no channel named" },
    { "task A: wait b\n", 1, 9, "no barrier named" },
    { "task A: read n\n", 1, 9, "no shared variable named" },
    { "task A: write n+1\n", 1, 9, "no shared variable named" },
    { "task A: next G\n", 1, 9, "no generator named" },
    { "task A: next B\ntask B: cpu 1\n", 1, 9, "is a task (line 2), not a" },
    { "task A: yield to B\n", 1, 9, "no task named \"B\"" },
    { "task A: yield to A\n", 1, 9, "names the task that does it" },
    { "task A B: yield to B\n", 1, 11, "names the task that does it" },
    { "generator G: cpu 1\ntask A: yield to G\n", 2, 9, "is a generator" },
    { "task A: spawn B\n", 1, 9, "no task named" },
    { "task A: spawn A\n", 1, 9, "names the task that does it" },
    { "task A: join B\n", 1, 9, "no task named" },
    { "task A: join A\n", 1, 9, "names the task that does it" },
    { "task A after B: cpu 1\n", 1, 14, "no task named \"B\"" },
    { "task A after A: cpu 1\n", 1, 14, "wait for its own end" },
    { "generator G: cpu 1\ntask A after G: cpu 1\n", 2, 14, "is a generator" },
    { "channel c\ntask A: wait c\n", 2, 9, "is a channel (line 1), not a" },
    { "generator G: sleep 5\ntask A: next G\n", 1, 14, "cannot \"sleep\"" },
    { "generator G: yield to A\ntask A: cpu 1\n", 1, 14, "\"yield to\"" },
    { "generator G: repeat 2 (lock m)\ntask A: cpu 1\n", 1, 24, "\"lock\"" },
    /* what shows only when the steps are followed */
    { "task A: unlock m\n", 1, 9, "does not hold \"m\"" },
    { "task A: lock m, unlock m, unlock m\n", 1, 27, "does not hold" },
    { "task A: lock m\ntask B: unlock m\n", 2, 9, "\"B\" does not hold" },
    { "task A: lock m, lock m\n", 1, 17, "already holds \"m\"" },
    { "task A: lock m, repeat 2 (lock m)\n", 1, 27, "already holds" },
    { "task A: repeat 2 (lock m)\n", 1, 19, "does not unlock it" },
    { "task A: lock m, repeat 2 (unlock m)\n", 1, 27,
      "does not lock it again" },
    { "task A: repeat 2 (repeat 1 (lock m))\n", 1, 29, "does not unlock it" },
    { "shared n = 0\ntask A: write n+1\n", 2, 9, "has no copy of \"n\"" },
    { "shared n = 0\ntask A: read n\ntask B: write n+1\n", 3, 9, "no copy" },
    { "task A: spawn B\ntask B: cpu 1\n", 1, 9, "begins by itself" },
    { "task A: spawn B, spawn B\ntask B at spawn: cpu 1\n", 1, 18, "once" },
    { "task A: repeat 2 (spawn B)\ntask B at spawn: cpu 1\n", 1, 19, "once" },
    { "task A C: spawn B\ntask B at spawn: cpu 1\n", 1, 11, "once" },
    { "task A at spawn: cpu 1\n", 1, 6, "nothing starts \"A\"" },
    { "task A after B: cpu 1\ntask B after A: cpu 1\n", 1, 6, "A <- B <- A" },
    { "task A at spawn: spawn B\ntask B at spawn: spawn A\n", 1, 6, "never" },
    { "task A: cpu 1\ntask C: cpu 1\ntask X after Y: cpu 1\n"
      "task Y at spawn: cpu 1\ntask Z after X: spawn Y\n",
      3, 6, "X <- Y <- Z <- X" },
    { "task A after B:\ntask B after C:\ntask C after D:\ntask D after E:\n"
      "task E after F:\ntask F after G:\ntask G after H:\ntask H after A:\n",
      1, 6, "A <- B <- C <- D <- E <- F <- G <- …;" },
    { "barrier b 3\ntask A B: wait b\n", 1, 9, "only 2 ever wait" },
    { "barrier b 2\ntask A: wait b, wait b\n", 1, 9, "only 1 ever wait" },
    { "task A: repeat 1000000000 (cpu 1)\n", 1, 9, "beyond 100000000 steps" },
    { "task A: repeat 100000 (repeat 100000 (yield))\n", 1, 24, "beyond" },
    { "task A: repeat 1000000000 ()\n", 1, 9, "beyond" },
    { "task A: cpu 1000s by 1us\n", 1, 9, "beyond" },
    { "task A: repeat 10000 (sum 0..1000000000)\n", 1, 23, "beyond" },
    { "task A: repeat 101 (cpu 1000000s)\n", 1, 21, "than 100000000 s" },
    { "task A: repeat 9300 (sleep 1000000s)\n", 1, 22, "than 100000000 s" },
    { "task A B: cpu 1, repeat 99 (block 1000000s)\n", 1, 29, "longer than" },
    { "shared n = 0\ntask A: if n == 1 (unlock m)\n", 2, 20, "does not hold" },
    { "task A: lock m, try lock m (cpu 1)\n", 1, 17, "already holds \"m\"" },
    { "barrier b[2] 3\ntask A: wait b[0]\n", 1, 9, "only 1 ever wait" },
    { "channel c[2]\nshared n = 0\ntask A: if n (x = 1), "
      "select (recv c[x]: cpu 1)\n",
      3, 31, "may have no value" },
    { "channel c\ntask A: select (recv c: unlock m)\n", 2, 25,
      "does not hold" },
    { "channel c\ntask A: select (recv c: cpu 1; after 3: unlock m)\n", 2, 41,
      "does not hold" },
    /* waiting for others */
    { "task A: acquire s\n", 1, 9, "no semaphore named \"s\"" },
    { "channel c\ntask A: signal c\n", 2, 9, "is a channel" },
    { "condition c\ntask A: wait c with m\n", 2, 9, "does not hold \"m\"" },
    { "condition c\ntask A: lock m, wait c, unlock m\n", 2, 17,
      "wait c with m" },
    { "barrier b 1\ntask A: lock m, wait b with m, unlock m\n", 2, 17,
      "is a barrier" },
    { "condition c\nmutex m[2]\ntask A: wait c with m\n", 3, 9,
      "\"m\" is an array" },
    { "condition c\nmutex m[2]\ntask A: wait c with m[2]\n", 3, 9,
      "there is no m[2]" },
    { "condition c\ntask A: lock m, wait c with m[0]\n", 2, 17,
      "\"m\" is no array" },
    { "condition c[2]\ntask A: lock m, wait c with m\n", 2, 17,
      "\"c\" is an array" },
    { "rwlock r\ntask A: lock r, unlock r\n", 2, 9, "rlock r" },
    { "rwlock r\ntask A: unlock r\n", 2, 9, "rlock r" },
    { "rwlock r\ntask A: rlock r, wlock r\n", 2, 18, "already holds \"r\"" },
    { "rwlock r\ntask A: repeat 2 (rlock r)\n", 2, 19, "second round" },
    { "semaphore s = -1\ntask A: cpu 1\n", 1, 15, "" },
    { "semaphore s\nsemaphore s\ntask A: cpu 1\n", 2, 11, "twice" },
    { "generator G: acquire s\nsemaphore s\ntask A: next G\n", 1, 14,
      "generator" },
    { "task A: cpu 1\ntask B C after A D: cpu 1\ntask D after C: cpu 1\n", 2, 8,
      "C <- D <- C" },
    { "task A: cpu 1\ntask B C after A B: cpu 1\n", 2, 16, "own end" },
    { "task A: cancel A\n", 1, 9, "names the task that does it" },
    { "task A daemon: cpu 1\n", 1, 6, "all tasks are daemons" },
    { "semaphore s = 1 2\ntask A: cpu 1\n", 1, 17, "complete" },
    /* what is tried */
    { "task A: try cpu 5 (cpu 1)\n", 1, 13, "cannot be tried" },
    { "barrier b 1\ntask A: try wait b (cpu 1)\n", 2, 13, "cannot be tried" },
    { "task A: try lock m\n", 1, 19, "a ( is missing" },
    { "task A: try lock m (cpu 1), unlock m, unlock m\n", 1, 39,
      "does not hold" },
    { "task A: try lock m (cpu 1) else (unlock m)\n", 1, 34, "does not hold" },
    { "task A: try dance (cpu 1)\n", 1, 13, "cannot be tried" },
    { "task A: try try lock m (cpu 1)\n", 1, 13, "cannot be tried" },
    { "task A: try lock (cpu 1)\n", 1, 18, "a name is missing" },
    { "task A: try lock m for -1 (cpu 1)\n", 1, 24, "cannot be negative" },
    { "channel c\ntask A: select recv c: cpu 1\n", 2, 16, "a ( is missing" },
    { "channel c\ntask A: try recv c x (cpu 1), cpu x\n", 2, 31,
      "may have no value" },
    { "channel c\ntask A: select (recv c x: cpu 1; cpu 5: cpu 1)\n", 2, 34,
      "a choice begins with" },
    { "channel c\ntask A: select (recv c cpu 1)\n", 2, 28, "colon" },
    { "channel c\ntask A: select (else: cpu 1; after 3: cpu 1)\n", 2, 30,
      "keep one" },
    { "channel c\ntask A: select (recv c: cpu 1\n", 2, 16, "never closed" },
};

START_TEST(mistakes_are_refused_where_they_stand)
{
    const struct mistake *expected = &mistake[_i];
    struct diag diag = { 0 };
    struct workload *workload = parse(expected->text, &diag);

    ck_assert_msg(!workload, "accepted: %s", expected->text);
    ck_assert_msg(
        diag.line == expected->line && diag.column == expected->column &&
            strstr(diag.message, expected->message),
        "%s-> %d:%d: %s", expected->text, diag.line, diag.column, diag.message);
    ck_assert_str_eq(diag.file, "f.work");
}
END_TEST

START_TEST(every_refusal_says_what_to_do_in_one_line)
{
    struct diag diag = { 0 };

    ck_assert_ptr_null(parse(mistake[_i].text, &diag));
    ck_assert_ptr_null(strchr(diag.message, '\n'));
    ck_assert_uint_lt(strlen(diag.message), sizeof diag.message - 8);
    ck_assert_msg(strchr(diag.message, ';') || strchr(diag.message, ':') ||
                      strchr(diag.message, ','),
                  "%s", diag.message);
}
END_TEST

static const char *const fine[] = {
    "task A: cpu 1",
    "task A:",
    "\xEF\xBB\xBFtask A: cpu 1\r\ntask B: cpu 2\r\n",
    "task A: cpu 1\r",
    "\t task\tA :\tcpu 1 , yield # and so on\n",
    "task A: say \"a # b, (c) \\\"d\\\" \\\\ e\"\n",
    "task A: cpu 0, cpu 0.5, cpu 1.25s, cpu 500us, cpu 2s, cpu 1000000s,"
    " cpu 1000000000000us\n",
    "task A: cpu forever, cpu 1\n",
    "task A: repeat 0 (unlock m), repeat 3 ()\n",
    "task A: lock m\n",
    "task A: lock m, cpu 1, lock k, unlock m, unlock k\n",
    "task A: lock m, repeat 3 (unlock m, yield, lock m), unlock m\n",
    "task A: repeat 1 (lock m), unlock m\n",
    "task task: cpu 1\ntask cpu repeat: cpu 1\n",
    "task A after Z: yield to Z, join Z\ntask Z: cpu 1\n",
    "task A priority -3 at 0.5s line 7 after B: cpu 1\ntask B: cpu 1\n",
    "task A: spawn B, join B\ntask B at spawn line 2: cpu 1\n",
    "shared n-1 = -5\ntask A: read n-1, write n-1-2, write n-1+2\n",
    "shared n = 0\ntask A: read n, write n - 1, write n+ 1, write n +1\n",
    "channel c size 0\nchannel d\ntask A: send c\ntask B: recv c, close d\n",
    "barrier b 4\ntask A: cpu 1\n",
    "barrier b 2\ntask A B: repeat 5 (wait b)\n",
    "generator G H: cpu 1 by 0.5, repeat 2 (yield), say \"x\", sum 1..2\n"
    "task A: next G, next H, next G\n",
    "lines shared\nmachines 1000\ntask A: sum -5 .. 5, sum nothing, priority "
    "3\n",
    "task a.b-c_D9: lock a.b-c_D9, unlock a.b-c_D9\n",
    "task A\tB\t: cpu 1\n",
    "task _A: _x = 1, cpu _x\n",
    "task A: repeat 2 (cpu 1, stop)\ntask B: stop, repeat 2 (cpu 1)\n",
    "shared n = 0\ntask A: repeat n (stop), while n == 0 (cpu 1, stop)\n",
    "shared ab1 = 0\ntask A: read ab1, write ab1 - 1\n",
    "shared w[2] = 0\ntask A: x = 1, read w[x], write w[x]+1, write w[0]+1\n",
    "task A: x = 1, spawn B[x]\ntask B[2] at spawn: cpu 1\n",
    "barrier b[2] 1\ntask A: x = 1, wait b[x]\n",
    "task A: cpu (1 + 2) * 3, sleep -1 + 2, x = -(3), cpu x + 4\n",
    "policy mlfq 10,20 boost 100\ntask A: cpu 1\n",
    "task A: cpu 1\npolicy mlfq",
};

START_TEST(what_is_right_is_accepted)
{
    workload_free(parse_well(fine[_i]));
}
END_TEST

static const struct {
    const char *steps;
    int column; /* of the warning; 0: there is none */
} doubtful[] = {
    { "if n == 1 (lock m), unlock m", 29 },
    { "try lock m (cpu 1) else (cpu 2), unlock m", 42 },
    { "if n == 1 (lock m), wait c with m", 29 },
    { "if n == 1 (rlock r), unlock r", 30 },
    { "if n == 1 (lock m) else (stop), unlock m", 0 },
    { "if n == 1 (lock m) else (lock m), unlock m", 0 },
    { "lock m, if n == 1 (unlock m, lock m), unlock m", 0 },
    { "try lock m (unlock m) else (cpu 2)", 0 },
    { "repeat (lock m, if n == 1 (break), unlock m), unlock m", 0 },
    { "while n == 1 (lock m, unlock m), lock m, unlock m", 0 },
};

/* Line 5 is another task, for which nothing of this holds. */
START_TEST(what_is_held_on_some_ways_only_is_warned_of)
{
    char text[256];
    struct workload *workload;

    snprintf(text, sizeof text,
             "shared n = 0\ncondition c\nrwlock r\ntask A: %s\n"
             "task B: if n == 2 (lock m, unlock m), lock m, unlock m\n",
             doubtful[_i].steps);
    workload = parse_well(text);
    ck_assert_uint_eq(workload->warning_count, doubtful[_i].column > 0);
    if (workload->warning_count > 0) {
        ck_assert_int_eq(workload->warning->line, 4);
        ck_assert_int_eq(workload->warning->column, doubtful[_i].column);
        ck_assert_str_eq(workload->warning->file, "f.work");
    }
    workload_free(workload);
}
END_TEST

/* Warnings of one workload are kept up to a number. */
START_TEST(one_workload_gives_no_more_warnings_than_can_be_read)
{
    struct strbuf text;
    struct workload *workload;

    strbuf_init(&text);
    strbuf_adds(&text, "shared n = 0\ntask A: cpu 1");
    for (int i = 0; i <= WORKLOAD_WARNINGS_MAX; i++)
        strbuf_addf(&text, ", if n == 1 (lock m%d), unlock m%d", i, i);
    workload = parse_well(text.text);
    ck_assert_uint_eq(workload->warning_count, WORKLOAD_WARNINGS_MAX);
    workload_free(workload);
    strbuf_fini(&text);
}
END_TEST

/* Of n = 3 and w = 7, 8. What has no value is not so. */
static const struct {
    const char *claim;
    bool broken;
} claims[] = {
    { "never n == 3", true },           { "never -n == 3", false },
    { "never not n == 5", true },       { "never n == 4 or n == 3", true },
    { "never n == 3 or n == 4", true }, { "never n == 4 and n == 3", false },
    { "never w[n - 2] == 8", true },    { "never w[n] == 8", false },
    { "never w[n - 4] == 8", false },   { "never 1 / (n - 3) == 1", false },
    { "finally w[n] == 8", true },      { "finally w[0] + 1 == w[1]", false },
};

START_TEST(a_claim_is_true_of_numbers_or_not)
{
    static const int64_t shared[] = { 3, 7, 8 };
    struct workload *workload;
    char text[128];

    snprintf(text, sizeof text,
             "shared n = 5\nshared w[2] = 0\n%s\ntask A: cpu 1\n",
             claims[_i].claim);
    workload = parse_well(text);
    ck_assert_int_eq(workload_claim_broken(workload->claim, shared),
                     claims[_i].broken);
    workload_free(workload);
}
END_TEST

START_TEST(statements_become_specs)
{
    struct workload *w = parse_well(
        "lines own\nmachines 3\nshared n = -4\nchannel c size 3\nchannel d\n"
        "barrier b 1\ngenerator G: yield\n"
        "task A B priority 2 at 50: wait b\n"
        "task C line 5 after A: lock m, unlock m\ntask D: spawn E\n"
        "task E at spawn: cpu 1\n");

    ck_assert(w->lines_own);
    ck_assert_int_eq(w->machines, 3);
    ck_assert_int_eq(w->line_count, 5);
    ck_assert_uint_eq(w->task_count, 6);
    ck_assert_str_eq(w->shared[0].name, "n");
    ck_assert_int_eq(w->shared[0].initial, -4);
    ck_assert_int_eq(w->channel[0].size, 3);
    ck_assert_int_eq(w->channel[1].size, 0);
    ck_assert_int_eq(w->barrier[0].size, 1);
    ck_assert_str_eq(w->lock[0], "m");
    ck_assert(w->task[0].generator);
    ck_assert_int_eq(w->task[1].priority, 2);
    ck_assert_int_eq(w->task[2].at_ns, 50 * NS_PER_MS);
    ck_assert_ptr_eq(w->task[1].steps.step, w->task[2].steps.step);
    ck_assert_int_eq(w->task[3].after[0], 1);
    ck_assert_int_eq(w->task[4].afters, 0);
    ck_assert(w->task[5].at_spawn);
    ck_assert_int_eq(w->task[4].steps.step[0].object, 5);
    ck_assert_int_eq(workload_find_task(w, "D"), 4);
    ck_assert_int_eq(workload_find_task(w, "Z"), -1);
    workload_free(w);
}
END_TEST

START_TEST(tasks_alternate_over_two_lines)
{
    struct workload *w = parse_well("task A: cpu 1\ngenerator G: yield\n"
                                    "task B: cpu 1\ntask C D line 3: cpu 1\n"
                                    "task E: cpu 1\n");
    const int line[] = { 1, 1, 2, 3, 3, 1 };

    for (size_t i = 0; i < w->task_count; i++)
        ck_assert_int_eq(w->task[i].line, line[i]);
    workload_free(w);
}
END_TEST

START_TEST(steps_know_their_place_and_their_numbers)
{
    struct workload *w = parse_well(
        "# 1\nshared n = 0\ntask A: say \"자판기\", cpu 1.5s by 500us,"
        " read n, write n-3, repeat 2 (sum 5..9, sum nothing), yield\n");
    const struct step *step = w->task[0].steps.step;

    ck_assert_uint_eq(w->task[0].steps.count, 9);
    ck_assert_int_eq(w->task[0].steps.counters, 1);
    ck_assert_str_eq(step[0].text, "자판기");
    ck_assert_int_eq(step[1].line, 3);
    ck_assert_int_eq(step[1].column, 20);
    ck_assert_int_eq(step[1].ns, 1500 * NS_PER_MS);
    ck_assert_int_eq(step[1].by_ns, 500 * NS_PER_US);
    ck_assert_int_eq(step[3].value, -3);
    ck_assert_int_eq(step[4].value, 2);
    ck_assert_int_eq(step[4].skip, 4);
    ck_assert_uint_eq(workload_block(&step[4]).count, 2);
    ck_assert_int_eq(step[5].last, 9);
    ck_assert(step[6].last < step[6].value);
    ck_assert_int_eq(step[7].skip, -2);
    ck_assert_int_eq(step[8].object, -1);
    workload_free(w);
}
END_TEST

START_TEST(what_a_task_says_is_harmless)
{
    struct workload *w = parse_well("task A: say \"a\u202Eb\u00A0c\u200B\"\n");

    ck_assert_str_eq(w->task[0].steps.step[0].text, "a\uFFFDb c\uFFFD");
    workload_free(w);
}
END_TEST

START_TEST(a_place_can_lie_in_a_larger_file)
{
    static const char text[] = "task A: cpu 1\ntask B: dance\n";
    struct diag diag;

    ck_assert_ptr_null(
        workload_parse_at("lesson.md", "x", text, strlen(text), 40, 5, &diag));
    ck_assert_str_eq(diag.file, "lesson.md");
    ck_assert_int_eq(diag.line, 41);
    ck_assert_int_eq(diag.column, 13);
}
END_TEST

START_TEST(a_zero_byte_is_no_text)
{
    struct diag diag;

    ck_assert_ptr_null(
        workload_parse("f", "f", "task A: cpu 1\n\0\n", 16, &diag));
    ck_assert_int_eq(diag.line, 2);
    ck_assert_ptr_nonnull(strstr(diag.message, "zero byte"));
}
END_TEST

/* Parse head, count times middle, tail. */
static struct workload *parse_repeated(const char *head, const char *middle,
                                       size_t count, const char *tail,
                                       struct diag *diag)
{
    struct workload *workload;
    struct strbuf text;

    strbuf_init(&text);
    strbuf_adds(&text, head);
    while (count-- > 0)
        strbuf_adds(&text, middle);
    strbuf_adds(&text, tail);
    workload = parse(text.text, diag);
    strbuf_fini(&text);
    return workload;
}

static void assert_limit(const char *head, const char *middle, size_t count,
                         const char *tail, const char *message)
{
    struct diag diag = { .message = "accepted" };

    ck_assert_ptr_null(parse_repeated(head, middle, count, tail, &diag));
    ck_assert_msg(strstr(diag.message, message), "%s", diag.message);
}

static void expect_too_many_variables(void)
{
    struct diag diag = { .message = "accepted" };
    struct strbuf text;

    strbuf_init(&text);
    strbuf_adds(&text, "task A: cpu 1");
    for (int i = 0; i <= WORKLOAD_VARIABLES_MAX; i++)
        strbuf_addf(&text, ", x%d = 1", i);
    ck_assert_ptr_null(parse(text.text, &diag));
    ck_assert_ptr_nonnull(strstr(diag.message, "at most 64 variables"));
    strbuf_fini(&text);
}

START_TEST(each_limit_has_its_own_message)
{
    char closing[WORKLOAD_NESTING_MAX + 2];

    memset(closing, ')', sizeof closing);
    closing[WORKLOAD_NESTING_MAX + 1] = '\0';
    assert_limit("task A: ", "repeat 1 (", 65, closing, "nested too deeply");
    assert_limit("task A: ", "cpu 1, ", 10000, "cpu 1",
                 "this line is too long");
    assert_limit("task ", "A", 65, ": cpu 1", "at most 64 letters");
    assert_limit("task A: say \"", "x", 256, "\"", "at most 255 bytes");
    assert_limit("task A: say \"", "가", 86, "\"", "at most 255 bytes");
    assert_limit("task A: say \"", "\u061c", 100, "\"", "at most 255 bytes");
    assert_limit("task A: x = ", "A", 65, "", "at most 64 letters");
    assert_limit("task A: ", "A", 65, " = 1", "at most 64 letters");
    assert_limit("shared n = 0\ntask A: write ", "A", 65, "+1",
                 "at most 64 letters");
    assert_limit("task A: x = ", "(", 65, "1", "too deep");
    assert_limit("task A: x = ", "1 + (", 65, "1", "too deep");
    expect_too_many_variables();
    assert_limit("channel c\ntask A: select (after 1: cpu 1", "; recv c: cpu 1",
                 64, ")", "at most 64 choices");
}
END_TEST

START_TEST(what_just_fits_is_accepted)
{
    struct diag diag = { 0 };
    char closing[WORKLOAD_NESTING_MAX + 1];

    memset(closing, ')', sizeof closing);
    closing[WORKLOAD_NESTING_MAX] = '\0';
    workload_free(parse_repeated("task A: ", "repeat 1 (", 64, closing, &diag));
    workload_free(parse_repeated("task A: say \"", "x", 255, "\"", &diag));
    workload_free(parse_repeated("task ", "A", 64, ": cpu 1", &diag));
    workload_free(parse_repeated("task A:", " ", 65529, "", &diag));
    ck_assert_str_eq(diag.message, "");
}
END_TEST

START_TEST(a_hundred_thousand_lines_are_no_trouble)
{
    static const char letter[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    struct diag diag = { 0 };
    struct workload *workload;
    struct strbuf text;

    strbuf_init(&text);
    for (int i = 0; i < 100000; i++)
        strbuf_addf(&text, "task %c%c%c:\n", letter[i / 52 / 52],
                    letter[i / 52 % 52], letter[i % 52]);
    workload = workload_parse("f", "f", text.text, text.length, &diag);
    ck_assert_msg(workload != NULL, "%s", diag.message);
    ck_assert_uint_eq(workload->task_count, 100000);
    ck_assert_int_eq(workload_find_task(workload, "abc"), 52 + 2);
    workload_free(workload);
    strbuf_fini(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parse");
    TCase *tcase = tcase_create("parse");

    tcase_add_loop_test(tcase, mistakes_are_refused_where_they_stand, 0,
                        sizeof mistake / sizeof *mistake);
    tcase_add_loop_test(tcase, every_refusal_says_what_to_do_in_one_line, 0,
                        sizeof mistake / sizeof *mistake);
    tcase_add_loop_test(tcase, what_is_right_is_accepted, 0,
                        sizeof fine / sizeof *fine);
    tcase_add_loop_test(tcase, what_is_held_on_some_ways_only_is_warned_of, 0,
                        sizeof doubtful / sizeof *doubtful);
    tcase_add_test(tcase, one_workload_gives_no_more_warnings_than_can_be_read);
    tcase_add_loop_test(tcase, a_claim_is_true_of_numbers_or_not, 0,
                        sizeof claims / sizeof *claims);
    tcase_add_test(tcase, statements_become_specs);
    tcase_add_test(tcase, tasks_alternate_over_two_lines);
    tcase_add_test(tcase, steps_know_their_place_and_their_numbers);
    tcase_add_test(tcase, what_a_task_says_is_harmless);
    tcase_add_test(tcase, a_place_can_lie_in_a_larger_file);
    tcase_add_test(tcase, a_zero_byte_is_no_text);
    tcase_add_test(tcase, each_limit_has_its_own_message);
    tcase_add_test(tcase, what_just_fits_is_accepted);
    tcase_add_test(tcase, a_hundred_thousand_lines_are_no_trouble);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
