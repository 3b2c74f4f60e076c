/*
 * journal_live.c -- moments become events while others are still to come.
 *
 *      written down    a b c d e f g h i j k
 *      played          ───────────>|<─────> horizon
 *
 * Several threads of a program write into one journal, and who took the time
 * first need not be the first to write it down. So the last ones wait a little,
 * are brought in order, and then are played for good.
 */
#include "sched/exchange/journal_live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/journal_internal.h"
#include "sched/trace/trace.h"
#include "sched/workload/definitions.h"

struct journal_live {
    struct journal_play play;
    struct definitions *definitions;
    size_t source;                /* bytes of the text of the program */
    size_t lanes, words;          /* that there is room for in play */
    size_t objects[OBJECT_KINDS]; /* defined */
    int places;                   /* numbered */
    size_t seen;     /* moments that were there when it was played last … */
    int64_t seen_ns; /* … and when there was a new one last */
    bool begun;      /* there was a first moment */
};

static void show_source(struct journal_live *live)
{
    const struct strbuf *source = &live->play.journal->source;

    if (source->length == live->source)
        return;
    live->source = source->length;
    definitions_set_listing(live->definitions, live->play.journal->path,
                            source->text);
}

struct journal_live *journal_live_new(struct journal *journal, const char *name,
                                      const struct trace_info *info)
{
    struct journal_live *live = xcalloc(1, sizeof *live);
    struct trace_info own = *info;

    if (journal->mode)
        own.mode = journal->mode;
    if (own.machines < 1)
        own.machines = 1;
    live->definitions = definitions_new(name);
    live->play.journal = journal;
    live->play.machines = own.machines;
    for (int i = 0; i < JOURNAL_PLACES_MAX; i++)
        live->play.at[i] = JOURNAL_NO_LANE;
    show_source(live);
    live->play.trace = trace_new(definitions_workload(live->definitions), &own);
    trace_listen(live->play.trace, journal->listener);
    journal_tell(&live->play, EVENT_START, EVENT_NO_MACHINE, 0, own.machines);
    if (journal->observed != OBSERVED_NOT)
        journal_tell(&live->play, EVENT_OBSERVED, EVENT_NO_MACHINE,
                     (int)journal->observed, 0);
    return live;
}

void journal_live_free(struct journal_live *live)
{
    if (!live)
        return;
    trace_free(live->play.trace);
    definitions_free(live->definitions);
    free(live->play.course);
    free(live->play.touched);
    free(live->play.served);
    free(live->play.owner);
    free(live->play.text);
    free(live);
}

struct trace *journal_live_trace(const struct journal_live *live)
{
    return live->play.trace;
}

/* --- what has become known ------------------------------------------------ */

static void *widen(void *array, size_t from, size_t to, size_t size)
{
    array = xreallocarray(array, to, size);
    memset((char *)array + from * size, 0, (to - from) * size);
    return array;
}

static void widen_lanes(struct journal_live *live)
{
    struct journal_play *play = &live->play;
    size_t count = play->journal->keys.count;

    if (count == live->lanes)
        return;
    play->course = widen(play->course, live->lanes, count,
                         sizeof *play->course);
    play->touched = widen(play->touched, live->lanes, count,
                          sizeof *play->touched);
    for (; live->lanes < count; live->lanes++)
        journal_begin_lane(play, (uint32_t)live->lanes, -1);
}

static void widen_words(struct journal_live *live)
{
    struct journal_play *play = &live->play;
    size_t count = play->journal->words.count;

    if (count == live->words)
        return;
    play->served = widen(play->served, live->words, count,
                         sizeof *play->served);
    play->owner = widen(play->owner, live->words, count, sizeof *play->owner);
    play->text = widen(play->text, live->words, count, sizeof *play->text);
    for (; live->words < count; live->words++) {
        play->served[live->words] = -1;
        play->owner[live->words] = JOURNAL_NO_LANE;
    }
}

/* Machines have the order in which they were first spoken of. */
static void number_places(struct journal_live *live)
{
    const struct journal *journal = live->play.journal;

    for (; live->places < journal->places; live->places++) {
        const struct journal_place *place = &journal->place[live->places];

        live->play.machine_of[live->places] = live->places;
        if (place->is_cpu)
            journal_tell(&live->play, EVENT_MACHINE, live->places,
                         (int)place->id, 0);
    }
    if (live->play.machines < live->places)
        live->play.machines = live->places;
}

static void define_objects(struct journal_live *live)
{
    const struct journal *journal = live->play.journal;

    for (int kind = 0; kind < OBJECT_KINDS; kind++)
        for (; live->objects[kind] < journal->object[kind].count;
             live->objects[kind]++)
            definitions_add(
                live->definitions, (enum array_kind)kind,
                journal->object[kind].entry[live->objects[kind]].text);
}

/* Who shares a name with others gets a number from definitions. */
static void define_task(struct journal_live *live, uint32_t lane)
{
    const struct journal *journal = live->play.journal;
    const struct journal_lane *known = &journal->lane[lane];
    int name = known->name >= 0 ? known->name : known->label;

    if (live->play.course[lane].task < 0 && journal_is_task(known))
        live->play.course[lane].task = definitions_add(
            live->definitions, ARRAY_TASK, journal_text(journal, name));
}

/* Readers begin anew when there is another workload, and a machine more is a
 * reason to. */
static void show_machines(struct journal_live *live)
{
    struct trace *trace = live->play.trace;

    if (trace_info(trace)->machines >= live->play.machines)
        return;
    trace_set_machines(trace, live->play.machines);
    definitions_renew(live->definitions);
    trace_set_workload(trace, definitions_workload(live->definitions));
}

/* --- playing -------------------------------------------------------------- */

/* What was played is taken out. */
static void forget(struct journal *journal, size_t played)
{
    if (!played)
        return;
    journal->moments -= played;
    memmove(journal->moment, journal->moment + played,
            journal->moments * sizeof *journal->moment);
    for (size_t i = 0; i < journal->moments; i++)
        journal->moment[i].order = (uint32_t)i;
}

static void play_until(struct journal_live *live, int64_t until_ns)
{
    struct journal_play *play = &live->play;
    struct journal *journal = play->journal;
    size_t count;

    widen_lanes(live);
    widen_words(live);
    number_places(live);
    define_objects(live);
    show_source(live);
    for (count = 0;
         count < journal->moments && journal->moment[count].t_ns <= until_ns;
         count++)
        define_task(live, journal->moment[count].lane);
    trace_set_workload(play->trace, definitions_workload(live->definitions));
    for (size_t i = 0; i < count; i++)
        journal_step(play, &journal->moment[i]);
    journal_settle(play);
    forget(journal, count);
    live->seen = journal->moments;
    show_machines(live);
}

/* The first moment is the beginning of time. */
static void begin(struct journal_live *live)
{
    live->begun = true;
    live->play.zero_ns = live->play.now_ns = live->play.journal->moment[0].t_ns;
}

void journal_live_play(struct journal_live *live, int64_t now_ns)
{
    struct journal *journal = live->play.journal;
    bool more = journal->moments > live->seen;
    int64_t until_ns;

    if (more)
        live->seen_ns = now_ns;
    if (journal->moments == 0)
        return;
    journal_sort(journal);
    if (!live->begun)
        begin(live);
    until_ns = journal->moment[journal->moments - 1].t_ns;
    if (now_ns - live->seen_ns < JOURNAL_LIVE_HORIZON_NS)
        until_ns -= JOURNAL_LIVE_HORIZON_NS;
    play_until(live, until_ns);
}

void journal_live_until(struct journal_live *live, int64_t t_ns)
{
    if (live->play.journal->moments == 0)
        return;
    journal_sort(live->play.journal);
    if (!live->begun)
        begin(live);
    play_until(live, t_ns);
}

void journal_live_say(struct journal_live *live, int64_t t_ns, const char *line)
{
    struct journal_play *play = &live->play;

    if (live->begun && t_ns > play->now_ns)
        play->now_ns = t_ns;
    journal_tell(play, EVENT_SAY, EVENT_NO_MACHINE, 0,
                 trace_add_text(play->trace, line));
}

/* A program that was killed has failed, one that we ended was stopped, and any
 * other has done what it wanted to. */
static enum outcome outcome_of(const struct journal_live *live)
{
    const struct journal *journal = live->play.journal;

    if (journal->how != OUTCOME_FINISHED)
        return journal->how;
    if (journal->exited)
        return WIFSIGNALED(journal->status) ? OUTCOME_FAILED : OUTCOME_FINISHED;
    return journal_all_are_done(&live->play) ? OUTCOME_FINISHED
                                             : OUTCOME_STOPPED;
}

/* The number of the text that says why it failed; 0: there is none. */
static int why(const struct journal_live *live, enum outcome outcome)
{
    int signal = WTERMSIG(live->play.journal->status);
    char text[128];

    if (outcome != OUTCOME_FAILED)
        return 0;
    snprintf(text, sizeof text, _("0:0:killed by signal %d (%s)"), signal,
             strsignal(signal));
    return trace_add_text(live->play.trace, text);
}

void journal_live_end(struct journal_live *live)
{
    struct journal_play *play = &live->play;
    enum outcome outcome;

    journal_sort(play->journal);
    if (!live->begun && play->journal->moments)
        begin(live);
    play_until(live, INT64_MAX);
    journal_close(play);
    outcome = outcome_of(live);
    if (play->journal->exited)
        journal_tell(play, EVENT_EXIT, EVENT_NO_MACHINE, 0,
                     play->journal->status);
    journal_tell(play, EVENT_END, EVENT_NO_MACHINE, (int)outcome,
                 why(live, outcome));
}
