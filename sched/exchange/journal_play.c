/*
 * journal_play.c -- moments become the events of a trace.
 *
 * They are gone through twice: once to learn how many machines there must have
 * been, which a trace is told at its beginning, and once to write it.
 */
#include <stdlib.h>

#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/journal_internal.h"
#include "sched/trace/mode.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"

/* --- names ---------------------------------------------------------------- */

bool journal_is_task(const struct journal_lane *lane)
{
    return lane->used && !lane->is_no_task;
}

/* Who shares a name is told apart by a label, as "python3-1234". */
static void define_tasks(struct journal *journal, struct journal_play *play,
                         struct definitions *definitions)
{
    int *namesakes = xcalloc(journal->words.count, sizeof *namesakes);
    struct strbuf name;

    strbuf_init(&name);
    for (size_t i = 0; i < journal->keys.count; i++)
        if (journal_is_task(&journal->lane[i]) && journal->lane[i].name >= 0)
            namesakes[journal->lane[i].name]++;
    for (size_t i = 0; i < journal->keys.count; i++) {
        const struct journal_lane *lane = &journal->lane[i];

        play->course[i].task = -1;
        if (!journal_is_task(lane))
            continue;
        strbuf_clear(&name);
        strbuf_adds(&name, journal_text(journal, lane->name));
        if (lane->label >= 0 && (lane->name < 0 || namesakes[lane->name] > 1))
            strbuf_addf(&name, "-%s", journal_text(journal, lane->label));
        play->course[i].task = definitions_add(definitions, ARRAY_TASK,
                                               name.text);
    }
    strbuf_fini(&name);
    free(namesakes);
}

static void define_objects(struct journal *journal,
                           struct definitions *definitions)
{
    for (int kind = 0; kind < OBJECT_KINDS; kind++)
        for (size_t i = 0; i < journal->object[kind].count; i++)
            definitions_add(definitions, (enum array_kind)kind,
                            journal->object[kind].entry[i].text);
}

/* Machine 1 is the CPU with the lowest number. */
static void number_machines(struct journal *journal, struct journal_play *play)
{
    for (int i = 0; i < journal->places; i++) {
        play->machine_of[i] = 0;
        for (int j = 0; j < journal->places; j++)
            play->machine_of[i] += journal->place[j].id <
                                       journal->place[i].id ||
                                   (journal->place[j].id ==
                                        journal->place[i].id &&
                                    j < i);
    }
}

/* --- going through the moments -------------------------------------------- */

void journal_tell(struct journal_play *play, enum event_kind kind, int machine,
                  int object, int64_t value)
{
    trace_add(play->trace, (struct event){ .t_ns = play->now_ns - play->zero_ns,
                                           .kind = (uint16_t)kind,
                                           .task = EVENT_NO_TASK,
                                           .machine = (uint16_t)machine,
                                           .object = object,
                                           .value = value });
}

static void begin_slice(struct journal_play *play,
                        const struct journal_moment *moment)
{
    struct journal_course *course = &play->course[moment->lane];
    const struct journal_lane *lane = &play->journal->lane[moment->lane];
    bool computes = !lane->is_async || moment->event == EVENT_RUN;

    course->begins_left -= !lane->has_states;
    if (course->depth++ == 0)
        course->name = moment->object;
    course->deep += computes;
    course->want.place = moment->place;
    course->ran |= computes || course->event == 0;
    journal_touch(play, moment->lane);
}

static void end_slice(struct journal_play *play,
                      const struct journal_moment *moment)
{
    struct journal_course *course = &play->course[moment->lane];
    const struct journal_lane *lane = &play->journal->lane[moment->lane];
    bool computes = !lane->is_async || moment->event == EVENT_RUN;

    if (course->depth == 0) {
        if (!play->trace)
            journal_remark(play->journal, REMARK_NO_BEGIN, 0, 0);
        return;
    }
    course->depth--;
    course->deep -= course->deep > 0 && (computes || course->depth == 0);
    journal_touch(play, moment->lane);
}

static void know(struct journal_play *play, const struct journal_moment *moment)
{
    struct journal_course *course = &play->course[moment->lane];

    course->known = moment->kind == MOMENT_STATE;
    if (course->known) {
        course->want = *moment;
        course->begins_left--;
        journal_move(play, moment->lane, moment);
    }
    journal_touch(play, moment->lane);
}

/* Whoever is served elsewhere now is looked at, for it may not say so. */
static void serve(struct journal_play *play,
                  const struct journal_moment *moment)
{
    int word = moment->object;
    int machine = play->machine_of[moment->place];

    if (word < 0)
        return;
    if (moment->kind == MOMENT_SERVES)
        play->served[word] = machine;
    else if (play->served[word] == machine)
        play->served[word] = -1;
    if (play->owner[word] != JOURNAL_NO_LANE)
        journal_touch(play, play->owner[word]);
}

/* Only who waits can be woken, and only who runs can be stopped. */
static void wake(struct journal_play *play, const struct journal_moment *moment)
{
    const struct journal_course *course = &play->course[moment->lane];
    const struct journal_lane *lane = &play->journal->lane[moment->lane];
    struct journal_moment ready = *moment;

    if ((course->event == EVENT_RUN) != (moment->value == READY_PREEMPTED) ||
        course->event == EVENT_READY || course->depth > 0 ||
        (lane->has_slices && course->begins_left == 0))
        return;
    ready.event = EVENT_READY;
    journal_move(play, moment->lane, &ready);
}

static void say(struct journal_play *play, const struct journal_moment *moment)
{
    struct journal_course *course = &play->course[moment->lane];

    if (!play->trace || moment->object < 0 ||
        !play->journal->lane[moment->lane].has_slices)
        return;
    course->name = moment->object;
    journal_tell_name(play, moment->lane);
}

static void tell_of(struct journal_play *play,
                    const struct journal_moment *moment)
{
    int task = play->course[moment->lane].task;
    struct event event = { .t_ns = play->now_ns - play->zero_ns,
                           .kind = moment->event,
                           .task = (uint32_t)task,
                           .machine = EVENT_NO_MACHINE };

    if (task < 0 || (moment->event == EVENT_SAY && moment->object < 0))
        return;
    if (moment->event == EVENT_SAY)
        event.value = journal_said(play, moment->object);
    else
        event.object = (int32_t)moment->value;
    trace_add(play->trace, event);
}

/* A step, which leaves it where it is. */
static void act(struct journal_play *play, const struct journal_moment *moment)
{
    trace_add(play->trace,
              (struct event){
                  .t_ns = play->now_ns - play->zero_ns,
                  .kind = moment->event,
                  .task = (uint32_t)play->course[moment->lane].task,
                  .machine = EVENT_NO_MACHINE,
                  .object = moment->object,
                  .value = moment->value,
              });
}

static void create(struct journal_play *play,
                   const struct journal_moment *moment)
{
    struct journal_moment created = *moment;
    int64_t task_by = journal_task(play, moment->object);

    if (play->course[moment->lane].event)
        return;
    created.event = EVENT_CREATED;
    if (task_by >= 0)
        trace_add(play->trace,
                  (struct event){ .t_ns = moment->t_ns - play->zero_ns,
                                  .kind = EVENT_SPAWNED,
                                  .task = (uint32_t)task_by,
                                  .machine = EVENT_NO_MACHINE,
                                  .object = play->course[moment->lane].task });
    journal_move(play, moment->lane, &created);
}

static void apply(struct journal_play *play,
                  const struct journal_moment *moment)
{
    switch ((enum journal_kind)moment->kind) {
    case MOMENT_IS:
        journal_move(play, moment->lane, moment);
        break;
    case MOMENT_WOKEN:
    case MOMENT_ARROW:
        wake(play, moment);
        break;
    case MOMENT_CREATED:
        create(play, moment);
        break;
    case MOMENT_BEGIN:
        begin_slice(play, moment);
        break;
    case MOMENT_END:
        end_slice(play, moment);
        break;
    case MOMENT_STATE:
    case MOMENT_NO_STATE:
        know(play, moment);
        break;
    case MOMENT_SAYS:
        say(play, moment);
        break;
    case MOMENT_TOLD:
        tell_of(play, moment);
        break;
    case MOMENT_DOES:
        act(play, moment);
        break;
    case MOMENT_SERVES:
    case MOMENT_LEAVES:
        serve(play, moment);
        break;
    }
}

void journal_begin_lane(struct journal_play *play, uint32_t lane, int task)
{
    const struct journal_lane *known = &play->journal->lane[lane];

    play->course[lane] = (struct journal_course){
        .task = task,
        .machine = -1,
        .inside = JOURNAL_NO_LANE,
        .name = -1,
        .said = -1,
        .begins_left = known->has_states ? known->states : known->begins,
    };
}

static void begin(struct journal_play *play)
{
    const struct journal *journal = play->journal;

    for (size_t i = 0; i < journal->keys.count; i++)
        journal_begin_lane(play, (uint32_t)i, play->course[i].task);
    play->touched_count = 0;
    for (size_t i = 0; i < journal->words.count; i++)
        play->served[i] = -1;
    for (int i = 0; i < JOURNAL_PLACES_MAX; i++)
        play->at[i] = JOURNAL_NO_LANE;
    if (journal->moments) {
        play->zero_ns = play->now_ns = journal->moment[0].t_ns;
        play->last_ns = journal->moment[journal->moments - 1].t_ns;
    }
}

static void tell_beginning(struct journal_play *play, int machines,
                           enum observed observed)
{
    const struct journal *journal = play->journal;

    journal_tell(play, EVENT_START, EVENT_NO_MACHINE, 0, machines);
    for (int i = 0; i < journal->places; i++)
        if (journal->place[i].is_cpu)
            journal_tell(play, EVENT_MACHINE, play->machine_of[i],
                         (int)journal->place[i].id, 0);
    if (observed != OBSERVED_NOT)
        journal_tell(play, EVENT_OBSERVED, EVENT_NO_MACHINE, (int)observed, 0);
}

bool journal_all_are_done(const struct journal_play *play)
{
    for (size_t i = 0; i < play->journal->keys.count; i++)
        if (play->course[i].task >= 0 && !play->course[i].done)
            return false;
    return true;
}

void journal_step(struct journal_play *play,
                  const struct journal_moment *moment)
{
    if (moment->t_ns > play->now_ns) {
        journal_settle(play);
        play->now_ns = moment->t_ns;
    }
    apply(play, moment);
}

static void go_through(struct journal_play *play)
{
    const struct journal *journal = play->journal;

    for (size_t i = 0; i < journal->moments; i++)
        journal_step(play, &journal->moment[i]);
    journal_settle(play);
    journal_close(play);
}

/* The words of served machines stand for lanes of the same word. */
static void find_owners(struct journal_play *play)
{
    const struct journal *journal = play->journal;

    for (size_t i = 0; i < journal->words.count; i++)
        play->owner[i] = JOURNAL_NO_LANE;
    for (size_t i = 0; i < journal->keys.count; i++)
        if (journal->lane[i].served_as >= 0)
            play->owner[journal->lane[i].served_as] = (uint32_t)i;
}

static void init(struct journal_play *play, struct journal *journal)
{
    *play = (struct journal_play){ .journal = journal };
    play->course = xcalloc(journal->keys.count, sizeof *play->course);
    play->touched = xcalloc(journal->keys.count, sizeof *play->touched);
    play->served = xcalloc(journal->words.count, sizeof *play->served);
    play->owner = xcalloc(journal->words.count, sizeof *play->owner);
    play->text = xcalloc(journal->words.count, sizeof *play->text);
    number_machines(journal, play);
    find_owners(play);
}

static void fini(struct journal_play *play)
{
    free(play->course);
    free(play->touched);
    free(play->served);
    free(play->owner);
    free(play->text);
}

/* Threads, or what an event loop has. */
static const char *mode_of(const struct journal_play *play)
{
    bool threads = false;

    for (size_t i = 0; i < play->journal->keys.count; i++)
        threads |= play->course[i].task >= 0 &&
                   !play->journal->lane[i].is_async;
    if (threads)
        return mode_table[play->machines > 1 ? MODE_PARALLEL : MODE_THREADS]
            .name;
    return mode_table[play->machines > 1 ? MODE_HYBRID : MODE_COROUTINE].name;
}

struct trace *journal_play(struct journal *journal,
                           struct definitions *definitions,
                           const char *imported, enum observed observed)
{
    struct journal_play *play = xcalloc(1, sizeof *play);
    struct trace_info info = { .real = !journal->model,
                               .imported = imported,
                               .policy = "other" };
    struct trace *trace;

    journal_sort(journal);
    init(play, journal);
    define_tasks(journal, play, definitions);
    define_objects(journal, definitions);
    if (journal->source.length > 0)
        definitions_set_listing(definitions, journal->path,
                                journal->source.text);
    begin(play);
    play->machines = journal->places;
    go_through(play);
    if (!journal->places && play->machines > 1)
        journal_remark(journal, REMARK_NO_CORES, 0, 0);
    info.machines = play->machines ? play->machines : 1;
    info.mode = journal->mode ? journal->mode : mode_of(play);
    play->trace = trace = trace_new(definitions_workload(definitions), &info);
    begin(play);
    tell_beginning(play, info.machines, observed);
    go_through(play);
    journal_tell(
        play, EVENT_END, EVENT_NO_MACHINE,
        journal_all_are_done(play) ? OUTCOME_FINISHED : OUTCOME_STOPPED, 0);
    fini(play);
    free(play);
    free(journal->moment); /* the events have it all */
    journal->moment = NULL;
    journal->moments = journal->moment_capacity = 0;
    return trace;
}
