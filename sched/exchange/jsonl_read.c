/*
 * jsonl_read.c -- what any program can write about its own tasks.
 *
 * A line that is wrong says nothing about the next one: it gets a new parser.
 *
 * What a task waits for is a text. "sleep(0.1)" ends at a time that is known,
 * "task 3" is another task; what asyncio's own classes are called says which
 * kind of thing it is, and of all else only the name is known: somebody will
 * let the task go on, as with a condition.
 */
#include "sched/exchange/jsonl_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/feed.h"
#include "sched/exchange/fixed_point.h"
#include "sched/exchange/journal.h"
#include "sched/exchange/json_record.h"
#include "sched/trace/mode.h"

enum jsonl_wanted {
    TIME,
    EVENT,
    TASK,
    NAME,
    BY,
    TID,
    CPU,
    ON,
    MODE,
    LINE,
    HOW,
    TEXT,
    WANTED
};

struct jsonl {
    struct journal *journal;
    struct json_reader *reader;
    const struct json_value *value;
    int line;
    uint16_t place; /* of the task that was created last: its thread */
    bool known;     /* the line was one of ours */
    bool more;      /* there is room for it */
    bool ended;     /* a line says that it was the last one */
};

static void remark(struct jsonl *jsonl, enum journal_remark_kind remark)
{
    journal_remark(jsonl->journal, remark, jsonl->line, 1);
}

/* A number and the same as a text are one task. */
static uint32_t lane_called(struct jsonl *jsonl, const char *task)
{
    char key[JOURNAL_WORD_BYTES];
    struct journal_lane *lane;
    uint32_t number;

    snprintf(key, sizeof key, "%.250s", task);
    number = journal_lane(jsonl->journal, key);
    if (number == JOURNAL_NO_LANE)
        return number;
    lane = journal_lane_at(jsonl->journal, number);
    lane->is_async = true;
    if (lane->name < 0) {
        snprintf(key, sizeof key, "task-%.240s", task);
        lane->name = journal_word(jsonl->journal, key);
        lane->label = journal_word(jsonl->journal, task);
    }
    return number;
}

static int32_t lane_of(struct jsonl *jsonl, enum jsonl_wanted which)
{
    const char *task = jsonl->value[which].text;

    return *task ? (int32_t)lane_called(jsonl, task) : -1;
}

/* Where the line says it is: a CPU, or a thread. */
static uint16_t place_of(struct jsonl *jsonl)
{
    const struct json_value *value = jsonl->value;
    int64_t id;

    if (value[CPU].kind == JSON_NUMBER &&
        fixed_point_read(value[CPU].text, value[CPU].length, 0, &id) &&
        id >= 0 && id <= INT32_MAX)
        return journal_place(jsonl->journal, id, true);
    if (value[TID].kind == JSON_NUMBER &&
        fixed_point_read(value[TID].text, value[TID].length, 0, &id))
        return journal_place(jsonl->journal, id, false);
    return jsonl->place;
}

/* --- what is waited for --------------------------------------------------- */

static bool begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* "sleep(0.1)": until when. */
static bool read_sleep(struct journal_moment *moment, const char *on)
{
    const char *from = on + strlen("sleep(");
    int64_t ns;

    if (!begins(on, "sleep("))
        return false;
    moment->event = EVENT_AWAIT;
    moment->value = TIME_NEVER;
    if (fixed_point_read(from, strcspn(from, ")"), 9, &ns) && ns >= 0 &&
        ns <= TIME_NEVER / 4)
        moment->value = moment->t_ns + ns;
    return true;
}

/* "Queue.get 2" is about Queue-2. */
static int32_t object_of(struct jsonl *jsonl, enum array_kind kind,
                         const char *on)
{
    char name[JOURNAL_WORD_BYTES];
    const char *dot = strchr(on, '.'), *blank = strchr(on, ' ');

    snprintf(name, sizeof name, "%.250s", on);
    if (dot && blank && dot < blank)
        snprintf(name, sizeof name, "%.*s-%.100s",
                 (int)(dot - on < 100 ? dot - on : 100), on, blank + 1);
    return journal_object(jsonl->journal, kind, name);
}

static void read_wait(struct jsonl *jsonl, struct journal_moment *moment)
{
    static const struct {
        const char *word;
        enum wait_kind wait;
        enum array_kind kind;
    } table[] = {
        { "Queue.get", WAIT_RECV, ARRAY_CHANNEL },
        { "Queue.put", WAIT_SEND, ARRAY_CHANNEL },
        { "Lock.acquire", WAIT_LOCK, ARRAY_LOCK },
        { "Semaphore.acquire", WAIT_SEMAPHORE, ARRAY_SEMAPHORE },
        { "BoundedSemaphore.acquire", WAIT_SEMAPHORE, ARRAY_SEMAPHORE },
        { "Barrier.wait", WAIT_BARRIER, ARRAY_BARRIER },
        { "", WAIT_CONDITION, ARRAY_CONDITION },
    };
    const char *on = jsonl->value[ON].text;
    size_t i = 0;

    moment->event = EVENT_AWAIT;
    moment->value = TIME_NEVER;
    if (!*on || read_sleep(moment, on))
        return;
    moment->event = EVENT_BLOCKED;
    if (begins(on, "task ")) {
        moment->value = WAIT_JOIN;
        moment->object = (int32_t)lane_called(jsonl, on + strlen("task "));
        return;
    }
    if (strcmp(on, "GIL") == 0) {
        moment->value = WAIT_GIL;
        moment->object = 0;
        return;
    }
    while (!begins(on, table[i].word))
        i++;
    moment->value = table[i].wait;
    moment->object = object_of(jsonl, table[i].kind, on);
}

/* The same at a machine, which nobody else gets meanwhile. */
static void read_hold(struct jsonl *jsonl, struct journal_moment *moment)
{
    int64_t until_ns;

    read_wait(jsonl, moment);
    until_ns = moment->event == EVENT_AWAIT ? moment->value : 0;
    if (moment->event == EVENT_AWAIT) {
        moment->value = WAIT_TIME;
        moment->object = INT32_MAX;
        if (until_ns != TIME_NEVER &&
            until_ns - moment->t_ns < INT32_MAX * NS_PER_MS)
            moment->object = (int32_t)((until_ns - moment->t_ns) / NS_PER_MS);
    }
    moment->event = EVENT_HOLD;
}

/* --- lines ---------------------------------------------------------------- */

/* What it says, and its line, come before where it goes. */
static void tell(struct jsonl *jsonl, struct journal_moment moment,
                 enum event_kind event, const char *text, int64_t value)
{
    moment.kind = MOMENT_TOLD;
    moment.event = (uint8_t)event;
    moment.value = value;
    moment.object = event == EVENT_SAY ? journal_word(jsonl->journal, text) : 0;
    jsonl->more = journal_add(jsonl->journal, moment) && jsonl->more;
}

static void tell_line(struct jsonl *jsonl, struct journal_moment moment)
{
    const struct json_value *line = &jsonl->value[LINE];
    int64_t number;

    if (line->kind == JSON_NUMBER &&
        fixed_point_read(line->text, line->length, 0, &number) && number > 0 &&
        number <= INT32_MAX)
        tell(jsonl, moment, EVENT_STEP, "", number);
}

/* How somebody has ended, if not well. */
static void tell_how(struct jsonl *jsonl, struct journal_moment moment)
{
    static const struct {
        const char *how, *text;
    } table[] = {
        { "cancelled", N_("cancelled") },
        { "pending", N_("the program ended before I did") },
        { "never awaited", N_("nobody has awaited me") },
    };
    const char *how = jsonl->value[HOW].text;
    char text[JOURNAL_WORD_BYTES];

    if (!*how || strcmp(how, "ok") == 0)
        return;
    snprintf(text, sizeof text, _("failed: %.200s"), how);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(how, table[i].how) == 0)
            snprintf(text, sizeof text, "%s", _(table[i].text));
    tell(jsonl, moment, EVENT_SAY, text, 0);
}

static void name_lane(struct jsonl *jsonl, uint32_t lane)
{
    const char *name = jsonl->value[NAME].text;
    int word = journal_word(jsonl->journal, name);

    if (word >= 0)
        journal_lane_at(jsonl->journal, lane)->name = word;
}

/* Fill the moment for its event; false: it is none of ours. */
static bool read_change(struct jsonl *jsonl, struct journal_moment *moment)
{
    const char *event = jsonl->value[EVENT].text;

    moment->kind = MOMENT_IS;
    if (strcmp(event, "created") == 0) {
        moment->kind = MOMENT_CREATED;
        moment->object = lane_of(jsonl, BY);
        jsonl->place = place_of(jsonl);
    } else if (strcmp(event, "ready") == 0) {
        moment->kind = MOMENT_WOKEN;
        moment->value = READY_WOKEN;
        moment->object = lane_of(jsonl, BY);
    } else if (strcmp(event, "run") == 0) {
        moment->event = EVENT_RUN;
        moment->place = place_of(jsonl);
    } else if (strcmp(event, "wait") == 0) {
        read_wait(jsonl, moment);
    } else if (strcmp(event, "hold") == 0) {
        read_hold(jsonl, moment);
    } else if (strcmp(event, "yield") == 0) {
        moment->event = EVENT_READY;
        moment->value = READY_YIELDED;
    } else if (strcmp(event, "say") == 0) {
        moment->kind = MOMENT_TOLD;
        moment->event = EVENT_SAY;
        moment->object = journal_word(jsonl->journal, jsonl->value[TEXT].text);
    } else if (strcmp(event, "done") == 0) {
        moment->event = EVENT_DONE;
    } else {
        return false;
    }
    return true;
}

/* What is said of the whole run, and of nobody in it. */
static bool read_run(struct jsonl *jsonl)
{
    const char *event = jsonl->value[EVENT].text;
    const struct mode *mode = mode_find(jsonl->value[MODE].text);

    if (strcmp(event, "meta") == 0 && mode)
        journal_say_how(jsonl->journal, mode->name, false);
    if (strcmp(event, "source") == 0)
        journal_add_source(jsonl->journal, jsonl->value[TEXT].text);
    jsonl->ended |= strcmp(event, "end") == 0;
    return jsonl->ended || strcmp(event, "meta") == 0 ||
           strcmp(event, "source") == 0;
}

static bool read_record(void *context, const struct json_value *value)
{
    struct jsonl *jsonl = context;
    struct journal_moment moment = { .object = -1, .place = JOURNAL_NO_PLACE };

    jsonl->value = value;
    jsonl->known = read_run(jsonl);
    if (jsonl->known || !*value[EVENT].text || !*value[TASK].text)
        return true;
    jsonl->known = true;
    if (value[TIME].kind == JSON_ABSENT) {
        remark(jsonl, REMARK_NO_TIME);
    } else if (!fixed_point_read(value[TIME].text, value[TIME].length, 0,
                                 &moment.t_ns)) {
        remark(jsonl, REMARK_BAD_TIME);
    } else if ((moment.lane = lane_called(jsonl, value[TASK].text)) ==
               JOURNAL_NO_LANE) {
        remark(jsonl, REMARK_LANES);
    } else if ((jsonl->known = read_change(jsonl, &moment))) {
        if (*value[NAME].text)
            name_lane(jsonl, moment.lane);
        tell_line(jsonl, moment);
        if (moment.event == EVENT_DONE)
            tell_how(jsonl, moment);
        jsonl->more = journal_add(jsonl->journal, moment) && jsonl->more;
    }
    return jsonl->more;
}

static const struct json_shape *shape(void)
{
    static const char *const wanted[WANTED] = {
        [TIME] = "t",    [EVENT] = "ev",  [TASK] = "task", [NAME] = "name",
        [BY] = "by",     [TID] = "tid",   [CPU] = "cpu",   [ON] = "on",
        [MODE] = "mode", [LINE] = "line", [HOW] = "how",   [TEXT] = "text",
    };
    static const struct json_shape shape = {
        .wanted = wanted,
        .wanted_count = WANTED,
        .record = read_record,
    };

    return &shape;
}

bool jsonl_read_take(void *context, char *line, size_t length, int number)
{
    struct jsonl *jsonl = context;
    enum json_state state;

    jsonl->line = number;
    jsonl->known = line[strspn(line, " \t")] == '\0';
    line[length] = '\n'; /* in place of the NUL: a number ends, too */
    state = json_record_read(jsonl->reader, line, length + 1);
    if (!jsonl->known)
        remark(jsonl, REMARK_BAD_LINE);
    if (state != JSON_FINE || !json_record_is_whole(jsonl->reader)) {
        json_record_free(jsonl->reader);
        jsonl->reader = json_record_new(shape(), jsonl);
    }
    return jsonl->more;
}

struct jsonl *jsonl_read_new(struct journal *journal)
{
    struct jsonl *jsonl = xcalloc(1, sizeof *jsonl);

    jsonl->journal = journal;
    jsonl->place = JOURNAL_NO_PLACE;
    jsonl->more = true;
    jsonl->reader = json_record_new(shape(), jsonl);
    return jsonl;
}

void jsonl_read_free(struct jsonl *jsonl)
{
    json_record_free(jsonl->reader);
    free(jsonl);
}

bool jsonl_read_ended(const struct jsonl *jsonl)
{
    return jsonl->ended;
}

void jsonl_read(struct journal *journal, struct input *input)
{
    struct jsonl *jsonl = jsonl_read_new(journal);

    feed_lines(journal, input, jsonl_read_take, jsonl);
    jsonl_read_free(jsonl);
}
