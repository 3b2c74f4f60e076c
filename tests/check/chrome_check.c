/*
 * chrome_check.c -- see chrome_check.h. The rules, as messages:
 */
#include "tests/check/chrome_check.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "tests/check/json_text.h"

enum {
    PIDS = 5,
    TIDS = 1 << 10,
    FLOWS = 1 << 16
};

/* A thread, as far as it has been read; pointers are into the text. */
struct chrome_lane {
    bool named;
    const char *open;    /* name of its open slice, or NULL */
    const char *last_ts; /* of its last event, or NULL */
    int64_t last_ns;
    const char *closed; /* name of the slice that ended last */
    int64_t closed_ns;
    int64_t state_ends_ns;
};

struct chrome_check {
    struct strbuf *why;
    bool states;
    size_t event;
    const char *at; /* the event */
    struct chrome_lane *lane[PIDS];
    bool process[PIDS];
    const char **flow; /* by its id: where it begins */
    int64_t ids;       /* the highest, and 1 */
};

static bool rule(struct chrome_check *check, bool holds, const char *what)
{
    if (!holds)
        strbuf_addf(check->why, "event %zu: %s: %.200s", check->event, what,
                    check->at);
    return holds;
}

static const char *get(const struct chrome_check *check, const char *key)
{
    return json_text_get(check->at, key);
}

static bool same(const char *a, const char *b)
{
    size_t length = json_text_length(a);

    return length == json_text_length(b) && memcmp(a, b, length) == 0;
}

/* Microseconds as "12.345"; else -1. */
static int64_t time_ns(const char *value)
{
    size_t whole = value ? strspn(value, "0123456789") : 0;
    int64_t ns = 0;

    if (whole == 0 || whole > 15 || (whole > 1 && *value == '0') ||
        value[whole] != '.' || strspn(value + whole + 1, "0123456789") != 3 ||
        json_text_length(value) != whole + 4)
        return -1;
    for (size_t i = 0; i < whole + 4; i++)
        if (value[i] != '.')
            ns = ns * 10 + (value[i] - '0');
    return ns;
}

/* --- events --------------------------------------------------------------- */

static bool check_describes(struct chrome_check *check, int64_t pid,
                            int64_t tid)
{
    const char *name = get(check, "name"), *args = get(check, "args");
    bool process = json_text_is(name, "\"process_name\"");
    bool thread = json_text_is(name, "\"thread_name\"");

    if (process || thread) {
        const char *value = json_text_get(args, "name");

        if (process)
            check->process[pid] = true;
        else
            check->lane[pid][tid].named = true;
        return rule(check, value && *value == '"', "no name in args") &&
               rule(check, process == (tid == 0), "threads count from 1");
    }
    return rule(check,
                json_text_is(name, "\"process_sort_index\"") ||
                    json_text_is(name, "\"thread_sort_index\""),
                "metadata that warns") &&
           rule(check, json_text_integer(json_text_get(args, "sort_index")) > 0,
                "no index in args");
}

static bool check_counter(struct chrome_check *check)
{
    const char *value = json_text_first(get(check, "args"), NULL);

    if (!rule(check, value != NULL, "a counter without a value"))
        return false;
    for (; value; value = json_text_next(value, NULL))
        if (!rule(check, json_text_integer(value) >= 0, "no number"))
            return false;
    return true;
}

static bool check_begin(struct chrome_check *check, struct chrome_lane *lane,
                        int64_t ns)
{
    const char *name = get(check, "name");

    if (!rule(check, !lane->open, "slices overlap") ||
        !rule(check,
              !lane->closed || lane->closed_ns != ns ||
                  !same(lane->closed, name),
              "neighbours of one name are nested by some"))
        return false;
    lane->open = name;
    return true;
}

static bool check_end(struct chrome_check *check, struct chrome_lane *lane,
                      int64_t ns)
{
    if (!rule(check, lane->open != NULL, "ends what did not begin") ||
        !rule(check, same(lane->open, get(check, "name")),
              "ends under another name"))
        return false;
    lane->closed = lane->open;
    lane->closed_ns = ns;
    lane->open = NULL;
    return true;
}

static bool check_flow(struct chrome_check *check, struct chrome_lane *lane,
                       char phase)
{
    int64_t id = json_text_integer(get(check, "id"));
    const char *from;

    if (!rule(check, id > 0 && id < FLOWS, "an id that is no number") ||
        !rule(check, lane->open != NULL, "an arrow outside of slices"))
        return false;
    from = check->flow[id];
    if (phase == 's') {
        check->flow[id] = check->at;
        check->ids = id >= check->ids ? id + 1 : check->ids;
        return rule(check, !from, "an id is used twice");
    }
    check->flow[id] = "";
    return rule(check, from && *from, "an arrow from nowhere") &&
           rule(check, json_text_is(get(check, "bp"), "\"e\""), "no bp e") &&
           rule(check,
                same(get(check, "name"), json_text_get(from, "name")) &&
                    same(get(check, "cat"), json_text_get(from, "cat")),
                "ends of an arrow with other names");
}

static bool check_state(struct chrome_check *check, struct chrome_lane *lane,
                        int64_t ns)
{
    int64_t dur = time_ns(get(check, "dur"));

    if (!rule(check, check->states, "only Perfetto knows T") ||
        !rule(check, dur > 0, "no duration") ||
        !rule(check, ns >= lane->state_ends_ns, "states overlap"))
        return false;
    lane->state_ends_ns = ns + dur;
    return true;
}

static bool check_timed(struct chrome_check *check, char phase,
                        struct chrome_lane *lane)
{
    const char *ts = get(check, "ts"), *args = get(check, "args");
    int64_t ns = time_ns(ts);

    if (!rule(check, ns >= 0, "no time in microseconds") ||
        !rule(check, ns >= lane->last_ns, "time goes back") ||
        !rule(check,
              lane->last_ns != ns || !lane->last_ts || same(ts, lane->last_ts),
              "one time in two spellings"))
        return false;
    lane->last_ts = ts;
    lane->last_ns = ns;
    if (phase == 'C')
        return check_counter(check);
    if (phase == 'T')
        return check_state(check, lane, ns);
    if (!rule(check, !args, "args that become a part of the name"))
        return false;
    switch (phase) {
    case 'B':
        return check_begin(check, lane, ns);
    case 'E':
        return check_end(check, lane, ns);
    case 'i':
        return rule(check, json_text_is(get(check, "s"), "\"t\""), "no scope");
    default:
        return check_flow(check, lane, phase);
    }
}

static bool check_event(struct chrome_check *check)
{
    const char *phase = get(check, "ph"), *name = get(check, "name");
    int64_t pid = json_text_integer(get(check, "pid"));
    int64_t tid = json_text_integer(get(check, "tid"));

    if (!rule(check,
              phase && *phase == '"' && json_text_length(phase) == 3 &&
                  strchr("MBEiCsfT", phase[1]),
              "an unknown phase") ||
        !rule(check, pid > 0 && pid < PIDS, "no number of a process") ||
        !rule(check, tid >= 0 && tid < TIDS, "no number of a thread") ||
        !rule(check, name && *name == '"', "no name"))
        return false;
    if (phase[1] == 'M')
        return check_describes(check, pid, tid);
    return rule(check, check->process[pid], "a process without a name") &&
           rule(check, phase[1] == 'C' || check->lane[pid][tid].named,
                "a thread without a name") &&
           check_timed(check, phase[1], &check->lane[pid][tid]);
}

/* --- the file ------------------------------------------------------------- */

static bool check_all(struct chrome_check *check, const char *text)
{
    const char *list = json_text_get(text, "traceEvents");

    if (!rule(check, list && *list == '[', "no list of events"))
        return false;
    for (const char *at = json_text_first(list, NULL); at;
         at = json_text_next(at, NULL)) {
        check->at = at;
        check->event++;
        if (!check_event(check))
            return false;
    }
    for (int64_t id = 1; id < check->ids; id++)
        if (!rule(check, !check->flow[id] || !*check->flow[id],
                  "an arrow to nowhere"))
            return false;
    for (int pid = 0; pid < PIDS; pid++)
        for (int tid = 0; tid < TIDS; tid++)
            if (!rule(check, !check->lane[pid][tid].open, "never ends"))
                return false;
    return true;
}

bool chrome_check(const char *text, bool states, struct strbuf *why,
                  size_t *events)
{
    struct chrome_check check = { .why = why, .states = states, .at = text };
    bool holds;

    if (json_text_wrong(text)) {
        strbuf_addf(why, "no JSON: %.60s", json_text_wrong(text));
        return false;
    }
    for (int pid = 0; pid < PIDS; pid++)
        check.lane[pid] = xcalloc(TIDS, sizeof *check.lane[pid]);
    check.flow = xcalloc(FLOWS, sizeof *check.flow);
    holds = check_all(&check, text);
    if (events)
        *events = check.event;
    for (int pid = 0; pid < PIDS; pid++)
        free(check.lane[pid]);
    free(check.flow);
    return holds;
}
