/*
 * Words of the workload language as names: whatever is called so, the workload
 * is refused with a place and a sentence, or prints as a text that says the
 * same.
 */
#include "tests/suite.h"

#include <stdbool.h>

#include "tests/sched/round_trip.h"

static const char *const words[] = {
    "task",      "generator", "shared",  "channel",  "barrier",  "semaphore",
    "condition", "rwlock",    "mutex",   "never",    "finally",  "lines",
    "machines",  "slice",     "policy",  "line",     "priority", "at",
    "after",     "daemon",    "period",  "deadline", "times",    "tickets",
    "nice",      "spawn",     "cpu",     "sleep",    "block",    "yield",
    "to",        "lock",      "unlock",  "read",     "write",    "send",
    "recv",      "close",     "wait",    "join",     "next",     "say",
    "sum",       "nothing",   "repeat",  "while",    "if",       "else",
    "for",       "from",      "break",   "stop",     "atomic",   "select",
    "try",       "by",        "forever", "with",     "signal",   "broadcast",
    "acquire",   "release",   "rlock",   "wlock",    "cancel",   "me",
    "and",       "or",        "not",     "mod",      "own",      "size",
    "readers",   "inherit",   "boost",   "fifo",     "s",        "ms",
    "us",
};

/* @ is the word. */
static const char *const texts[] = {
    "task @: cpu 1",
    "task @ at 5: sum 1..2",
    "task A: cpu 1\ntask @ daemon: cpu 1",
    "task @ B: cpu 1\ntask C after @ B: yield to @, yield",
    "task @[2]: cpu me\ntask B after @[1] @: cpu 1",
    "task A:\ntask @:\ntask C:",
    "task @[2]: cpu 1\ntask A: cpu 1\ntask B after @: cpu 1",
    "task A @[2] B: cpu me\ntask C after A @[1]: cpu 1",
    "task @ P[2]: cpu me, say \"{me}\"",
    "task P[2] @: cpu me, me = 1",
    "task @ at spawn: cpu 1\ntask B: spawn @, join @, cancel @",
    "task @[2] at spawn: cpu 1\ntask B: spawn @[0], spawn @[1], join @[0]",
    "generator @: yield\ntask A: next @",
    "shared @ = 0\nfinally @ == 0\ntask A: @ = @ + 1, read @, write @+1",
    "shared @[2] = 0\nnever @[1] > 1\ntask A: @[0] = 1,\n  @[@[0]] = @[0]",
    "shared @ = 1\ntask A: repeat @ (sleep @), cpu 2 by @, cpu 1..@, block @",
    "task A: @ = 1,\n  @ = not @ and -@ or @ mod @, say \"{@}\"",
    "task A: @ = 1, while @ > 0 (@ = 0), if @ == 0 (cpu 1) else (cpu @)",
    "task P[2]: atomic (@ = 1, x = @)",
    "channel @ size 1\ntask A: send @, recv @ x, send @ 1 + x, close @",
    "channel @[2] size 1\ntask A: send @[0] 5, recv @[0] x, recv @[x]",
    "channel c size 1\ntask A: @ = 1, send c @, try recv c @ for @ (cpu @),\n  "
    "for @ from c (cpu @)",
    "channel @\ntask A: @ = 1, select (recv @ @: cpu @; send @ @:; after @: "
    "stop)",
    "channel @\ntask A: try send @ (cpu 1) else (cpu 2), try recv @ for 5 ()",
    "barrier @ 1\ntask A: wait @",
    "barrier @[2] 1\ntask A: wait @[0], @ = 1, wait @[@]",
    "semaphore @ = 1\ntask A: acquire @, try acquire @ for 5 (), release @",
    "semaphore @[2] = 1\ntask A: acquire @[0], release @[1]",
    "condition @\ntask A: @ = 1, lock @, try wait @ with @ for @ (), unlock @",
    "condition @[2]\nmutex m[2]\ntask A: signal @[0], broadcast @[1]",
    "rwlock @ readers\ntask A: rlock @, unlock @, wlock @, unlock @",
    "rwlock @[2]\ntask A: rlock @[0], unlock @[0]",
    "mutex @ inherit\ntask A: lock @, unlock @, try lock @ (unlock @)",
    "mutex @[2]\ntask P[2]: lock @[me], unlock @[me]",
    "task A: lock @, sum 1..2, unlock @, try lock @ for 5 (unlock @)",
};

static void put_in(struct strbuf *out, const char *text, const char *word)
{
    for (; *text; text++)
        if (*text == '@')
            strbuf_adds(out, word);
        else
            strbuf_addc(out, *text);
}

static void try_name(const char *word, const char *form, bool ordinary)
{
    struct diag diag = { .message = "" };
    struct workload *workload;
    struct strbuf text;

    strbuf_init(&text);
    put_in(&text, form, word);
    workload = workload_parse("t", "t", text.text, text.length, &diag);
    ck_assert_msg(workload || !ordinary, "%s\n%s", text.text, diag.message);
    ck_assert(workload || (diag.line > 0 && diag.column > 0));
    ck_assert(workload || diag.message[0] != '\0');
    if (workload)
        round_trip(workload, text.text);
    workload_free(workload);
    strbuf_fini(&text);
}

/* An ordinary name shows that the text is a workload at all. */
START_TEST(a_word_of_the_language_is_a_name_or_refused)
{
    try_name("fork", texts[_i], true);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        try_name(words[i], texts[_i], false);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_keyword");
    TCase *tcase = tcase_create("keyword");

    tcase_add_loop_test(tcase, a_word_of_the_language_is_a_name_or_refused, 0,
                        sizeof texts / sizeof *texts);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
