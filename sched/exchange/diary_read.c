/*
 * diary_read.c -- see diary_read.h.
 *
 * What is named is told before the first event about it, so that the trace knows
 * both together. Lines of the program are those of one file, the one with main:
 * its text is known before the program starts, and is kept with the run.
 */
#include "sched/exchange/diary_read.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/diary_memory.h"
#include "sched/exchange/diary_name.h"
#include "sched/trace/diary.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"
#include "sched/workload/workload.h"

enum {
    KINDS = ARRAY_RWLOCK + 1,
    UNSOUND_MAX = 1000 /* events: whatever has written more is no diary */
};

struct diary_read {
    int fd;
    uint8_t *memory; /* or NULL */
    struct diary_head *head;
    int64_t made_ns; /* CLOCK_MONOTONIC */
    uint64_t done;   /* bytes that were read */
    uint64_t given;  /* bytes that were given back, behind the head */
    int unsound;     /* events that make no sense */
    bool broken;     /* neither does what follows */
    bool said_start; /* START is in the trace */
    struct event_code code;
    struct event ahead; /* decoded, but later than asked for */
    bool is_ahead;
    struct diary_name *names;
    int *place; /* lines, 0: none, of the places that were told */
    size_t places, place_room;
    struct definitions *definitions;
    bool names_grew;
    struct trace *trace;
    int64_t last_ns;
    uint32_t count[KINDS]; /* what was told of each kind */
    uint32_t running;      /* task, or EVENT_NO_TASK */
    enum outcome outcome;
    int64_t outcome_ns; /* when that became known; 0: at the last event */
    char *why;          /* or NULL */
};

/* --- records -------------------------------------------------------------- */

static void define(struct diary_read *diary, enum array_kind kind,
                   const char *name)
{
    definitions_add(diary->definitions, kind, name);
    diary->count[kind]++;
    diary->names_grew = true;
}

/* pthread_setname_np: a new name is as good as any other; "" is none. */
static void rename_task(struct diary_read *diary, uint64_t task,
                        const char *name)
{
    if (task >= diary->count[ARRAY_TASK] || !*name)
        return;
    definitions_rename(diary->definitions, (int)task, name);
    diary->names_grew = true;
}

static void add_place(struct diary_read *diary, uint64_t address)
{
    diary->place = xgrow(diary->place, diary->places, &diary->place_room,
                         sizeof *diary->place);
    diary->place[diary->places++] = diary_name_line(diary->names, address);
}

static void set_outcome(struct diary_read *diary, uint64_t outcome,
                        const char *why)
{
    if (outcome != OUTCOME_DEADLOCK && outcome != OUTCOME_FAILED)
        return;
    diary->outcome = (enum outcome)outcome;
    free(diary->why);
    diary->why = xstrdup(why);
}

static void take_record(struct diary_read *diary, unsigned entry,
                        const uint64_t number[4], const char *text)
{
    char name[DIARY_NAME_BYTES];

    switch (entry) {
    case DIARY_FILE:
        diary_name_file(diary->names, number, number[3] == 1, text);
        break;
    case DIARY_TASK:
        diary_name_task(diary->names, name, number[0], number[1]);
        define(diary, ARRAY_TASK, name);
        break;
    case DIARY_NAMED:
        rename_task(diary, number[0], text);
        break;
    case DIARY_OBJECT:
        if (diary_name_object(diary->names, name, number[0], number[1]))
            define(diary, (enum array_kind)number[0], name);
        break;
    case DIARY_INITIAL:
        definitions_begin_with(diary->definitions, (int64_t)number[0]);
        break;
    case DIARY_PLACE:
        add_place(diary, number[0]);
        break;
    case DIARY_OUTCOME:
        diary->running = EVENT_NO_TASK;
        diary->outcome_ns = (int64_t)(number[1] & INT64_MAX);
        set_outcome(diary, number[0], text);
        break;
    default: /* of a later library */
        break;
    }
}

/* How many numbers each has. */
static int numbers_of(unsigned entry)
{
    static const uint8_t numbers[] = {
        [DIARY_FILE] = 4,    [DIARY_TASK] = 2,    [DIARY_OBJECT] = 2,
        [DIARY_OUTCOME] = 2, [DIARY_INITIAL] = 1, [DIARY_NAMED] = 1,
        [DIARY_PLACE] = 1,
    };

    return entry < sizeof numbers ? numbers[entry] : 0;
}

/* Returns behind it, or NULL for what is no record. */
static const uint8_t *read_record(struct diary_read *diary, const uint8_t *at,
                                  const uint8_t *end)
{
    unsigned entry = *at;
    uint64_t length, number[4] = { 0 };
    char text[DIARY_TEXT_MAX + 1];

    at = event_code_get_number(at + 1, end, &length);
    if (!at || length > (uint64_t)(end - at) || length > DIARY_ENTRY_MAX)
        return NULL;
    end = at + length;
    for (int i = 0; i < numbers_of(entry); i++)
        if (!(at = event_code_get_number(at, end, &number[i])))
            return NULL;
    length = (uint64_t)(end - at);
    if (length > DIARY_TEXT_MAX)
        return NULL;
    memcpy(text, at, (size_t)length);
    text[length] = '\0';
    take_record(diary, entry, number, text);
    return end;
}

/* --- events --------------------------------------------------------------- */

/* Which array an object of this event is in; KINDS: it has none. */
static int kind_of(const struct event *event, int64_t *index)
{
    static const int waits_for[] = {
        [WAIT_LOCK] = ARRAY_LOCK,           [WAIT_BARRIER] = ARRAY_BARRIER,
        [WAIT_JOIN] = ARRAY_TASK,           [WAIT_SEMAPHORE] = ARRAY_SEMAPHORE,
        [WAIT_CONDITION] = ARRAY_CONDITION, [WAIT_READ] = ARRAY_RWLOCK,
        [WAIT_WRITE] = ARRAY_RWLOCK,
    };

    *index = event->object;
    switch (event->kind) {
    case EVENT_READ:
    case EVENT_WRITE:
        return ARRAY_SHARED;
    case EVENT_LOCKED:
    case EVENT_UNLOCKED:
        return ARRAY_LOCK;
    case EVENT_ACQUIRED:
    case EVENT_RELEASED:
        return ARRAY_SEMAPHORE;
    case EVENT_SIGNALLED:
    case EVENT_BROADCAST:
        return ARRAY_CONDITION;
    case EVENT_RLOCKED:
    case EVENT_WLOCKED:
    case EVENT_RELINQUISHED:
        return ARRAY_RWLOCK;
    case EVENT_PASSED:
        return ARRAY_BARRIER;
    case EVENT_SPAWNED:
    case EVENT_JOINED:
    case EVENT_CANCELLED:
        return ARRAY_TASK;
    case EVENT_BLOCKED:
    case EVENT_GAVE_UP:
        *index = event->value;
        if (event->object > 0 &&
            (size_t)event->object < sizeof waits_for / sizeof *waits_for)
            return waits_for[event->object];
        return KINDS;
    default:
        return KINDS;
    }
}

/* May it be in a trace? Only what the library writes, about what it has told
 * of. */
static bool is_sound(const struct diary_read *diary, const struct event *event)
{
    static const uint64_t written = UINT64_C(1) << EVENT_CREATED |
                                    UINT64_C(1) << EVENT_READY |
                                    UINT64_C(1) << EVENT_RUN |
                                    UINT64_C(1) << EVENT_AWAIT |
                                    UINT64_C(1) << EVENT_DONE;
    int64_t index;
    int kind = kind_of(event, &index);

    if (event->kind >= EVENT_KINDS || event->task >= diary->count[ARRAY_TASK] ||
        (event->machine != EVENT_NO_MACHINE && event->machine > 0))
        return false;
    if (kind == KINDS)
        return written >> event->kind & 1;
    return index >= 0 && index < diary->count[kind];
}

static void add(struct diary_read *diary, struct event event)
{
    if (diary->names_grew)
        trace_set_workload(diary->trace,
                           definitions_workload(diary->definitions));
    diary->names_grew = false;
    if (event.t_ns > diary->last_ns)
        diary->last_ns = event.t_ns;
    event.t_ns = diary->last_ns;
    trace_add(diary->trace, event);
}

/* Of nobody in particular. */
static void add_of_all(struct diary_read *diary, int64_t t_ns,
                       enum event_kind kind, int32_t object, int64_t value)
{
    add(diary, (struct event){ .t_ns = t_ns,
                               .kind = (uint16_t)kind,
                               .task = EVENT_NO_TASK,
                               .machine = EVENT_NO_MACHINE,
                               .object = object,
                               .value = value });
}

/* Where somebody has called, if people can see that line. */
static void add_step(struct diary_read *diary, struct event event)
{
    if (event.task >= diary->count[ARRAY_TASK] || event.object < 0 ||
        (size_t)event.object >= diary->places ||
        diary->place[event.object] == 0)
        return;
    event.object = diary->place[event.object];
    event.machine = EVENT_NO_MACHINE;
    event.value = 0;
    add(diary, event);
}

static void add_task_event(struct diary_read *diary, const struct event *event)
{
    if (event->kind == EVENT_STEP)
        add_step(diary, *event);
    if (!is_sound(diary, event)) {
        diary->unsound += event->kind != EVENT_STEP;
        diary->broken = diary->unsound > UNSOUND_MAX;
        return;
    }
    if (event->kind == EVENT_RUN)
        diary->running = event->task;
    else if (event_is_place(event->kind) && event->task == diary->running)
        diary->running = EVENT_NO_TASK;
    add(diary, *event);
}

/* Only the first machine is there, and all is known of it. */
static void add_start(struct diary_read *diary)
{
    add_of_all(diary, 0, EVENT_START, 0, 1);
    add_of_all(diary, 0, EVENT_OBSERVED, OBSERVED_LIBRARY, 0);
}

/* --- reading -------------------------------------------------------------- */

/* Returns false at something that makes no sense. */
static bool read_one(struct diary_read *diary, const uint8_t *end)
{
    const uint8_t *at = diary->memory + diary->done;

    if (*at & DIARY_ENTRY) {
        at = read_record(diary, at, end);
    } else {
        at = event_code_get(&diary->code, at, end, &diary->ahead);
        diary->is_ahead = at != NULL;
    }
    if (at)
        diary->done = (uint64_t)(at - diary->memory);
    return at != NULL;
}

/* Not before the memory was made, and not in the future, whatever stands
 * there. */
static int64_t began(const struct diary_read *diary)
{
    int64_t ns = diary->head->began_ns, now_ns = clock_now_ns();

    return ns < diary->made_ns ? diary->made_ns : ns > now_ns ? now_ns : ns;
}

void diary_read_until(struct diary_read *diary, int64_t monotonic_ns)
{
    uint64_t used = atomic_load_explicit(&diary->head->used,
                                         memory_order_acquire);
    int64_t until_ns = monotonic_ns - began(diary);

    if (used > DIARY_BYTES)
        used = DIARY_BYTES;
    while (!diary->broken) {
        if (diary->is_ahead) {
            if (diary->ahead.t_ns > until_ns)
                break;
            diary->is_ahead = false;
            add_task_event(diary, &diary->ahead);
        } else if (diary->done < used) {
            diary->broken = !read_one(diary, diary->memory + used);
        } else {
            break;
        }
    }
    diary->given = diary_memory_give_back(diary->fd, diary->given, diary->done);
}

static int64_t now_of(const struct diary_read *diary, int64_t monotonic_ns)
{
    int64_t ns = diary->head->used ? monotonic_ns - began(diary) : 0;

    return ns > diary->last_ns ? ns : diary->last_ns;
}

/* Who does not run writes nothing: then it was written before, at the latest
 * when the last one left. */
static int64_t written_at(const struct diary_read *diary, int64_t monotonic_ns)
{
    return diary->running == EVENT_NO_TASK ? diary->last_ns
                                           : now_of(diary, monotonic_ns);
}

void diary_read_say(struct diary_read *diary, int64_t monotonic_ns,
                    const char *line, size_t length)
{
    char clean[4 * (WORKLOAD_SAY_BYTES_MAX + 1)];

    if (length > WORKLOAD_SAY_BYTES_MAX)
        length = WORKLOAD_SAY_BYTES_MAX;
    text_clean_bytes(clean, sizeof clean, line, length);
    add_of_all(diary, written_at(diary, monotonic_ns), EVENT_SAY, 0,
               trace_add_text(diary->trace, clean));
}

/* --- the end -------------------------------------------------------------- */

/* The number of the text of the reason, "LINE:COLUMN:WHY"; 0: there is none. */
static int64_t reason(struct diary_read *diary, int status)
{
    char text[512];

    if (diary->outcome != OUTCOME_FAILED)
        return 0;
    if (diary->why)
        snprintf(text, sizeof text, "0:0:%s", diary->why);
    else
        snprintf(text, sizeof text, _("0:0:killed by signal %d (%s)"),
                 WTERMSIG(status), strsignal(WTERMSIG(status)));
    return trace_add_text(diary->trace, text);
}

static void find_outcome(struct diary_read *diary, int status, enum outcome how)
{
    if (diary->outcome != OUTCOME_FINISHED)
        return;
    diary->outcome = how;
    if (how == OUTCOME_FINISHED && WIFSIGNALED(status))
        diary->outcome = OUTCOME_FAILED;
}

/* Whoever runs was ended in the middle: just now, as far as we know; who does not
 * run is where it was. */
void diary_read_end(struct diary_read *diary, int status, enum outcome how)
{
    int64_t now_ns;

    diary_read_until(diary, INT64_MAX);
    now_ns = now_of(diary, clock_now_ns());
    if (diary->running == EVENT_NO_TASK && diary->outcome_ns < now_ns)
        now_ns = diary->outcome_ns;
    find_outcome(diary, status, how);
    if (diary->count[ARRAY_TASK] == 0)
        define(diary, ARRAY_TASK, "main");
    if (diary->outcome == OUTCOME_FINISHED && diary->running != EVENT_NO_TASK)
        add(diary, (struct event){ .t_ns = now_ns,
                                   .kind = EVENT_DONE,
                                   .task = diary->running,
                                   .machine = EVENT_NO_MACHINE });
    add_of_all(diary, now_ns, EVENT_EXIT, 0, status);
    add_of_all(diary, now_ns, EVENT_END, (int32_t)diary->outcome,
               reason(diary, status));
}

/* --- making --------------------------------------------------------------- */

struct diary_read *diary_read_new(const char *name, const char *path,
                                  const struct trace_info *info,
                                  struct trace_listener *listener,
                                  struct diag *diag)
{
    struct diary_read *diary = xcalloc(1, sizeof *diary);

    diary->memory = diary_memory_new(&diary->fd);
    if (!diary->memory) {
        diag_set(diag, NULL, 0, 0,
                 _("there is no memory to share with the program: %s"),
                 strerror(errno));
        diary_read_free(diary);
        return NULL;
    }
    diary->head = (void *)diary->memory;
    diary->made_ns = clock_now_ns();
    diary->done = diary->given = DIARY_HEAD_BYTES;
    event_code_init(&diary->code);
    diary->running = EVENT_NO_TASK;
    diary->definitions = definitions_new(name);
    diary->names = diary_name_new(path, diary->definitions);
    diary->trace = trace_new_packed(definitions_workload(diary->definitions),
                                    info);
    trace_listen(diary->trace, listener);
    add_start(diary);
    return diary;
}

void diary_read_free(struct diary_read *diary)
{
    if (!diary)
        return;
    diary_memory_free(diary->memory, diary->fd);
    diary_name_free(diary->names);
    free(diary->place);
    trace_free(diary->trace);
    definitions_free(diary->definitions);
    free(diary->why);
    free(diary);
}

int diary_read_fd(const struct diary_read *diary)
{
    return diary->fd;
}

uint64_t diary_read_lost(const struct diary_read *diary)
{
    return diary->head->lost;
}

const struct trace *diary_read_trace(const struct diary_read *diary)
{
    return diary->trace;
}
