#include "cli/watch.h"

#include <stdio.h>

#include "cli/keys.h"
#include "cli/language.h"
#include "cli/options.h"
#include "cli/runner.h"
#include "cli/say.h"
#include "render/backend.h"
#include "render/cells.h"
#include "render/screen.h"
#include "render/view.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/trace/history.h"
#include "sched/trace/numbers.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

static struct history *whole_history(const struct runner *runner)
{
    struct history *history = history_new(runner_trace(runner));

    history_update(history);
    return history;
}

static void print(const struct strbuf *text)
{
    fwrite(text->text, 1, text->length, stdout);
}

void watch_frame(const struct runner *runner, const struct options *options)
{
    struct history *history = whole_history(runner);
    bool ascii = options->ascii || !language_has_unicode();
    int64_t end_ns = history_end(history);
    struct cells cells;
    struct strbuf text;
    struct view view;

    view_init(&view);
    view.t_ns = options->at_ns == NOT_SAID || options->at_ns > end_ns
                    ? end_ns
                    : options->at_ns;
    view.total_ns = end_ns;
    view.speed = options->speed;
    view.play = view.t_ns < end_ns ? PLAY_RUNNING : PLAY_ENDED;
    view.large = options->large;
    view.motion = !options->no_motion;
    view.glyphs = ascii ? GLYPHS_ASCII : GLYPHS_UNICODE;
    view.korean = language_is_korean();
    cells_init(&cells, options->frame_width, options->frame_height);
    strbuf_init(&text);
    keys_footer(&text, &view);
    view.footer = text.text;
    screen_draw(&cells, history, &view);
    strbuf_clear(&text);
    backend_text(&text, &cells);
    print(&text);
    strbuf_fini(&text);
    cells_fini(&cells);
    history_free(history);
}

int watch_status(const struct runner *runner)
{
    struct history *history = whole_history(runner);
    enum outcome outcome = history_outcome(history);

    history_free(history);
    switch (outcome) {
    case OUTCOME_DEADLOCK:
        return EXIT_DEADLOCK;
    case OUTCOME_FAILED:
        return EXIT_FAILED;
    default:
        return EXIT_DONE;
    }
}

/* Where the person has left before the end, the end is missing, and said so. */
static const char *outcome_word(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_FINISHED:
        return _("finished");
    case OUTCOME_DEADLOCK:
        return _("deadlock");
    case OUTCOME_LIMIT:
        return _("limit reached");
    case OUTCOME_STOPPED:
        return _("stopped");
    default:
        return _("failed");
    }
}

void watch_line(const struct runner *runner)
{
    const struct trace *trace = runner_trace(runner);
    const struct trace_info *info = trace_info(trace);
    struct history *history = whole_history(runner);
    struct numbers *numbers = numbers_new(history);

    printf(_("%s %s (%s): %s after %.3f s, in progress %d, working %d\n"),
           info->mode, trace_workload(trace)->name,
           info->real ? _("REAL") : _("MODEL"), outcome_word(numbers->outcome),
           (double)numbers->end_ns / (double)NS_PER_S, numbers->in_progress,
           numbers->working);
    numbers_free(numbers);
    history_free(history);
}
