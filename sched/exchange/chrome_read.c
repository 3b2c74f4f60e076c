/*
 * chrome_read.c -- phases of events become moments of lanes.
 *
 *   B E, X     a slice of a thread: it computes (but see below)
 *   b e, S F   a slice of something asynchronous, a lane of its own: it waits.
 *              Node's *_CALLBACK compute
 *   T          with a duration: the state of a thread, on which CPU
 *   s t f      arrows: whoever they come from wakes whom they lead to
 *   i I        something a thread says
 *   M          names
 *
 * All others are passed over. What concviz itself exported says more: slices of
 * category "state" are states, and slices of category "machine" say whom each
 * machine served (chrome_write.c).
 */
#include "sched/exchange/chrome_read.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/exchange/chrome_internal.h"
#include "sched/exchange/feed.h"
#include "sched/exchange/fixed_point.h"
#include "sched/exchange/state_word.h"
#include "sched/trace/mode.h"

/* --- moments -------------------------------------------------------------- */

/* A slice of category "state" or "machine" that concviz exported. */
static bool read_ours(struct chrome_reader *chrome, int64_t t_ns, bool begins)
{
    const char *name = chrome->value[NAME].text;
    bool state = chrome_is(chrome, CATEGORY, "state");
    char served[JOURNAL_WORD_BYTES];
    struct journal_moment moment;

    if (!state && (!chrome->ours || !chrome_is(chrome, CATEGORY, "machine")))
        return false;
    moment = chrome_moment(t_ns, JOURNAL_NO_LANE,
                           begins ? MOMENT_STATE : MOMENT_NO_STATE);
    if (state && begins && !state_word_read(chrome->journal, name, &moment))
        return false;
    moment.lane = chrome_thread(chrome);
    chrome->ours = true;
    if (!state && moment.lane != JOURNAL_NO_LANE) {
        journal_lane_at(chrome->journal, moment.lane)->is_no_task = true;
        state_word_served(name, served);
        moment.kind = begins ? MOMENT_SERVES : MOMENT_LEAVES;
        moment.object = journal_word(chrome->journal, served);
        moment.place = journal_place(chrome->journal, (int64_t)moment.lane,
                                     false);
    }
    if (state || moment.place != JOURNAL_NO_PLACE)
        chrome_add(chrome, moment);
    return true;
}

static void read_slice(struct chrome_reader *chrome, bool begins)
{
    struct journal_moment moment;
    int64_t t_ns;

    if (!chrome_time(chrome, TIME, REMARK_NO_TIME, &t_ns) ||
        read_ours(chrome, t_ns, begins))
        return;
    moment = chrome_moment(t_ns, chrome_thread(chrome),
                           begins ? MOMENT_BEGIN : MOMENT_END);
    if (begins)
        moment.object = journal_word(chrome->journal, chrome->value[NAME].text);
    chrome_add(chrome, moment);
}

/* Both ends at once. The time must not have overflowed: each is within 4e18. */
static bool read_both_times(struct chrome_reader *chrome, int64_t *from_ns,
                            int64_t *ns)
{
    if (!chrome_time(chrome, TIME, REMARK_NO_TIME, from_ns) ||
        !chrome_time(chrome, DURATION, REMARK_NO_DURATION, ns))
        return false;
    if (*ns >= 0)
        return true;
    chrome_remark(chrome, REMARK_BAD_TIME);
    return false;
}

static void read_whole_slice(struct chrome_reader *chrome)
{
    struct journal_moment moment;
    int64_t t_ns, ns;

    if (!read_both_times(chrome, &t_ns, &ns))
        return;
    moment = chrome_moment(t_ns, chrome_thread(chrome), MOMENT_BEGIN);
    moment.object = journal_word(chrome->journal, chrome->value[NAME].text);
    moment.value = ns;
    chrome_add(chrome, moment);
    moment.kind = MOMENT_END;
    moment.t_ns += ns;
    chrome_add(chrome, moment);
}

/* Callbacks of one thread take turns there. */
static uint16_t thread_place(struct chrome_reader *chrome)
{
    const struct json_value *tid = &chrome->value[TID];
    int64_t id;

    return fixed_point_read(tid->text, tid->length, 0, &id)
               ? journal_place(chrome->journal, id, false)
               : JOURNAL_NO_PLACE;
}

static void read_async(struct chrome_reader *chrome, bool begins)
{
    const char *name = chrome->value[NAME].text;
    size_t length = strlen(name);
    bool computes = length > 9 && strcmp(name + length - 9, "_CALLBACK") == 0;
    struct journal_moment moment;
    int64_t t_ns;

    if (!chrome_time(chrome, TIME, REMARK_NO_TIME, &t_ns))
        return;
    moment = chrome_moment(t_ns, chrome_async(chrome),
                           begins ? MOMENT_BEGIN : MOMENT_END);
    moment.event = computes ? EVENT_RUN : EVENT_AWAIT;
    if (computes && begins)
        moment.place = thread_place(chrome);
    if (moment.lane != JOURNAL_NO_LANE)
        chrome_add(chrome, moment);
}

/* "Running" on args.cpu, or a letter of the kernel's: R and R+ are ready, all
 * others wait. */
static void read_thread_state(struct chrome_reader *chrome)
{
    const struct json_value *value = chrome->value;
    const char *name = value[NAME].text;
    struct journal_moment moment;
    int64_t t_ns, ns, cpu;

    if (chrome->ours || value[DURATION].kind == JSON_ABSENT ||
        !read_both_times(chrome, &t_ns, &ns))
        return;
    moment = chrome_moment(t_ns, chrome_thread(chrome), MOMENT_STATE);
    if (strcmp(name, "Running") == 0) {
        moment.event = EVENT_RUN;
        if (fixed_point_read(value[ARGS_CPU].text, value[ARGS_CPU].length, 0,
                             &cpu) &&
            cpu >= 0 && cpu <= INT32_MAX)
            moment.place = journal_place(chrome->journal, cpu, true);
    } else if (name[0] == 'R') {
        moment.event = EVENT_READY;
        moment.value = READY_WOKEN;
    } else {
        moment.event = EVENT_AWAIT;
        moment.value = TIME_NEVER;
    }
    chrome_add(chrome, moment);
    moment.kind = MOMENT_NO_STATE;
    moment.t_ns += ns;
    moment.value = 1; /* it carries its own end */
    chrome_add(chrome, moment);
}

static void read_instant(struct chrome_reader *chrome)
{
    struct journal_moment moment;
    int64_t t_ns;

    if (!chrome_time(chrome, TIME, REMARK_NO_TIME, &t_ns))
        return;
    moment = chrome_moment(t_ns, chrome_thread(chrome), MOMENT_SAYS);
    moment.object = journal_word(chrome->journal, chrome->value[NAME].text);
    chrome_add(chrome, moment);
}

/* --- reading -------------------------------------------------------------- */

/* How a run of ours was made. */
static void read_how(struct chrome_reader *chrome)
{
    const struct mode *mode = mode_find(chrome->value[RUNS_MODE].text);

    if (mode)
        journal_say_how(chrome->journal, mode->name,
                        chrome_is(chrome, RUNS_KIND, "model"));
}

static bool read_event(void *context, const struct json_value *value)
{
    struct chrome_reader *chrome = context;

    chrome->value = value;
    if (value[RUNS_KIND].length)
        read_how(chrome);
    if (value[PHASE].length != 1)
        return true;
    if (chrome->ours &&
        (chrome_is(chrome, PID, "3") || chrome_is(chrome, PID, "4"))) {
        journal_remark(chrome->journal, REMARK_TWO_RUNS, 0, 0);
        return true;
    }
    switch (value[PHASE].text[0]) {
    case 'B':
    case 'E':
        read_slice(chrome, value[PHASE].text[0] == 'B');
        break;
    case 'X':
        read_whole_slice(chrome);
        break;
    case 'b':
    case 'e':
        read_async(chrome, value[PHASE].text[0] == 'b');
        break;
    case 'S':
    case 'F':
        read_async(chrome, value[PHASE].text[0] == 'S');
        break;
    case 'T':
        read_thread_state(chrome);
        break;
    case 'i':
    case 'I':
        read_instant(chrome);
        break;
    case 's':
    case 't':
    case 'f':
        chrome_read_arrow(chrome, value[PHASE].text[0]);
        break;
    case 'M':
        chrome_read_name(chrome);
        break;
    default:
        break;
    }
    return chrome->more;
}

void chrome_read(struct journal *journal, struct input *input)
{
    static const char *const wanted[WANTED] = {
        [PHASE] = "ph",
        [PID] = "pid",
        [TID] = "tid",
        [TIME] = "ts",
        [DURATION] = "dur",
        [NAME] = "name",
        [CATEGORY] = "cat",
        [ID] = "id",
        [ID_LOCAL] = "id2.local",
        [ID_GLOBAL] = "id2.global",
        [ARGS_NAME] = "args.name",
        [ARGS_CPU] = "args.cpu",
        [RUNS_MODE] = "runs.mode",
        [RUNS_KIND] = "runs.kind",
    };
    static const struct json_shape shape = {
        .list = "traceEvents",
        .alone = "otherData",
        .wanted = wanted,
        .wanted_count = WANTED,
        .record = read_event,
    };
    struct chrome_reader chrome = { .journal = journal, .more = true };

    chrome.reader = json_record_new(&shape, &chrome);
    feed_json(journal, input, chrome.reader);
    chrome_name_lanes(&chrome);
    json_record_free(chrome.reader);
    free(chrome.arrow);
}
