/*
 * narrate_step.c -- what has just happened, for a person who steps.
 *
 * Many events have the time of one step. The ones that matter most are told, in
 * the order in which they happened, as far as two rows have room: first of all
 * what was written into a variable, and whose update is lost by that.
 */
#include <inttypes.h>
#include <stdio.h>

#include "render/scene/scene.h"
#include "render/words/duration.h"
#include "render/words/narrate.h"
#include "sched/analysis/sentence.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/history/history_value.h"

enum {
    TOLD_MOST = 32,   /* events looked at for one step */
    TEXT_SIZE = 320,  /* of a sentence */
    NUMBER_SIZE = 24, /* of a value */
    WRITE_WEIGHT = 90,
    ROWS = 2
};

/* How much an event matters to who steps; 0: it is not told. */
static int weight(const struct event *event)
{
    static const uint8_t weights[EVENT_KINDS] = {
        [EVENT_WRITE] = WRITE_WEIGHT,
        [EVENT_READ] = 80,
        [EVENT_SAY] = 75,
        [EVENT_SENT] = 70,
        [EVENT_RECEIVED] = 70,
        [EVENT_BLOCKED] = 65,
        [EVENT_SIGNALLED] = 64,
        [EVENT_BROADCAST] = 64,
        [EVENT_LOCKED] = 60,
        [EVENT_UNLOCKED] = 60,
        [EVENT_ACQUIRED] = 60,
        [EVENT_RELEASED] = 60,
        [EVENT_RLOCKED] = 60,
        [EVENT_WLOCKED] = 60,
        [EVENT_PASSED] = 60,
        [EVENT_RELINQUISHED] = 60,
        [EVENT_CLOSED] = 60,
        [EVENT_SPAWNED] = 55,
        [EVENT_JOINED] = 55,
        [EVENT_SUM] = 55,
        [EVENT_CALL] = 50,
        [EVENT_PAUSE] = 50,
        [EVENT_DONE] = 45,
        [EVENT_AWAIT] = 40,
        [EVENT_HOLD] = 40,
        [EVENT_GIL] = 35,
        [EVENT_PRIORITY] = 35,
        [EVENT_RUN] = 30,
        [EVENT_READY] = 20,
        [EVENT_SWITCH] = 15,
    };

    return event->kind < EVENT_KINDS ? weights[event->kind] : 0;
}

/* --- sentences ------------------------------------------------------------ */

/* Told after this event and before the next one of the same instant. */
static void tell_write(char *out, const struct scene *scene, size_t index)
{
    const struct event copy = *trace_at(history_trace(scene->history), index),
                       *event = &copy;
    struct value_shared value = history_value_shared(scene->history,
                                                     event->object, index + 1);
    const char *lost = value.lost >= 0 ? scene_task_name(scene, value.lost)
                                       : "";
    char written[NUMBER_SIZE], read[NUMBER_SIZE], time[DURATION_SIZE];
    const char *sentence = _("{0} writes {1}: {2}.");

    snprintf(written, sizeof written, "%" PRId64, event->value);
    snprintf(read, sizeof read, "%" PRId64, value.read);
    duration_text(time, value.read_ns,
                  duration_unit(history_end(scene->history)));
    if (!value.update)
        lost = "";
    else if (value.lost_others)
        sentence = _("{0} writes {1}: {2}, from the {3} it read at {4}: the "
                     "updates of {5} and others are lost.");
    else if (value.lost >= 0)
        sentence = _("{0} writes {1}: {2}, from the {3} it read at {4}: {5}'s "
                     "update is lost.");
    else if (value.read_ns < event->t_ns)
        sentence = _("{0} writes {1}: {2}, from the {3} it read at {4}.");
    PHRASE(out, TEXT_SIZE, sentence, scene_task_name(scene, (int)event->task),
           scene->workload->shared[event->object].name, written, read, time,
           lost);
}

static void tell_read(char *out, const struct scene *scene,
                      const struct event *event)
{
    char value[NUMBER_SIZE];

    snprintf(value, sizeof value, "%" PRId64, event->value);
    PHRASE(out, TEXT_SIZE, _("{0} reads {1}: {2}."),
           scene_task_name(scene, (int)event->task),
           scene->workload->shared[event->object].name, value);
}

/* All others have a sentence that goes without a name. */
static void tell_other(char *out, const struct scene *scene, size_t index)
{
    const struct event copy = *trace_at(history_trace(scene->history), index),
                       *event = &copy;
    const char *name = scene_task_name(scene, (int)event->task);
    struct strbuf text;

    if (event->kind == EVENT_SAY) {
        PHRASE(out, TEXT_SIZE, _("{0} says \"{1}\"."), name,
               history_value_text(scene->history, index));
        return;
    }
    strbuf_init(&text);
    sentence_event(&text, scene->history, NULL, index);
    PHRASE(out, TEXT_SIZE,
           event->kind == EVENT_READY ? _("{0}: {1}.") : _("{0} {1}."), name,
           text.text);
    strbuf_fini(&text);
}

static void tell(char *out, const struct scene *scene, size_t index)
{
    const struct event copy = *trace_at(history_trace(scene->history), index),
                       *event = &copy;
    bool shared = event->object >= 0 &&
                  (size_t)event->object < scene->workload->shared_count;

    out[0] = '\0';
    if (event->kind == EVENT_WRITE && shared)
        tell_write(out, scene, index);
    else if (event->kind == EVENT_READ && shared)
        tell_read(out, scene, event);
    else
        tell_other(out, scene, index);
}

/* --- which ones ----------------------------------------------------------- */

/* The events of one step that are worth telling. */
struct telling_step {
    int count;
    struct told {
        size_t index;
        int weight;
        int row; /* of those that are told; -1: not told */
        char text[TEXT_SIZE];
    } told[TOLD_MOST];
};

/* A lock that is handed over is told once, by who gives it; and who goes on
 * after a step need not be told of. */
static bool is_told_already(const struct trace *trace, size_t index)
{
    const struct event copy = *trace_at(trace, index), *event = &copy;
    const struct event *before = index > 0 ? trace_at(trace, index - 1) : NULL;

    if (event->kind == EVENT_RUN && event->object == RUN_CONTINUED)
        return true;
    return before && event->kind == EVENT_LOCKED &&
           before->kind == EVENT_UNLOCKED && before->object == event->object &&
           before->value == (int64_t)event->task;
}

static void find_told(struct telling_step *step, const struct scene *scene)
{
    const struct trace *trace = history_trace(scene->history);
    size_t end = history_after(scene->history, scene->t_ns);
    size_t i = history_after(scene->history, scene->t_ns - 1);

    for (step->count = 0; i < end && step->count < TOLD_MOST; i++) {
        const struct event copy = *trace_at(trace, i), *event = &copy;

        if (weight(event) == 0 || event->task == EVENT_NO_TASK ||
            (int)event->task >= scene->task_count || is_told_already(trace, i))
            continue;
        step->told[step->count++] = (struct told){ .index = i,
                                                   .weight = weight(event),
                                                   .row = -1 };
    }
}

/* The weightiest that has no row yet and was not tried; earlier ones first, but
 * the last of several writes: that is the value seen now. */
static struct told *weightiest(struct telling_step *step)
{
    struct told *best = NULL;

    for (int i = 0; i < step->count; i++) {
        struct told *told = &step->told[i];

        if (told->row < 0 && told->weight > 0 &&
            (!best || told->weight > best->weight ||
             (told->weight == best->weight && told->weight == WRITE_WEIGHT)))
            best = told;
    }
    return best;
}

/* Give sentences to rows while they fit. */
static void fill_rows(struct telling_step *step, const struct scene *scene,
                      int width)
{
    int used[ROWS] = { 0 };
    struct told *told;

    while ((told = weightiest(step))) {
        int cells;

        tell(told->text, scene, told->index);
        cells = text_cells(told->text);
        for (int row = 0; row < ROWS && told->row < 0; row++)
            if (used[row] == 0 || used[row] + 1 + cells <= width) {
                used[row] += (used[row] ? 1 : 0) + cells;
                told->row = row;
            }
        told->weight = 0;
    }
}

bool narrate_step(char *out, char *more, size_t size, const struct scene *scene,
                  int width)
{
    struct telling_step step;

    out[0] = more[0] = '\0';
    find_told(&step, scene);
    fill_rows(&step, scene, width);
    for (int i = 0; i < step.count; i++) {
        const struct told *told = &step.told[i];
        char *row = told->row == 0 ? out : more;

        if (told->row >= 0)
            PHRASE(row, size, *row ? " {0}" : "{0}", told->text);
    }
    return *out != '\0';
}
