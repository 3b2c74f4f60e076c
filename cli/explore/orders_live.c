/*
 * orders_live.c -- see orders_live.h. What is walked is the run that was kept of
 * each: somebody else's program does not have to be there any more.
 */
#include "cli/explore/orders_live.h"

#include <string.h>

#include "cli/explore/explore_list.h"
#include "cli/explore/explore_page.h"
#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "cli/program/program_story.h"
#include "cli/program/program_watch.h"
#include "cli/report/orders_report.h"
#include "cli/run/kept_runs.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/diary_read.h"
#include "sched/exchange/recording.h"
#include "sched/explore/explore.h"

static const struct program_story *story_of(const struct explore_list *list)
{
    const struct orders_report *report = list->subject;

    return report->story[list->selected];
}

static const struct history *history_of(const struct explore_list *list)
{
    const struct program_story *story = story_of(list);

    return story ? story->history : NULL;
}

static void select_finding(struct explore_list *list)
{
    (void)list; /* all is there */
}

/* --- rows ----------------------------------------------------------------- */

static void put_selected(struct explore_list *list, struct page_text *text,
                         const struct finding *finding, int steps)
{
    const struct orders_report *report = list->subject;
    const struct program_story *story = story_of(list);
    int cells = page_view_cells(&list->pages);
    const char *more = strchr(finding->text, '\n');
    struct strbuf buf;

    strbuf_init(&buf);
    if (more)
        explore_page_lines(text, ROLE_TEXT, cells, more + 1);
    orders_report_count(&buf, report, finding);
    explore_page_lines(text, ROLE_DIM, cells, buf.text);
    if (story)
        explore_page_steps(text, story->history, story->step, story->step_count,
                           &(struct explore_room){ cells, steps });
    strbuf_clear(&buf);
    orders_report_command(&buf, report, &finding->schedule);
    explore_page_lines(text, ROLE_DIM, cells, buf.text);
    strbuf_fini(&buf);
}

static int put_rows(struct explore_list *list, struct page_text *text,
                    int steps)
{
    const struct orders_report *report = list->subject;
    int cells = page_view_cells(&list->pages), selected = 0;
    struct strbuf buf;

    strbuf_init(&buf);
    orders_report_head(&buf, report);
    explore_page_head(text, cells, buf.text);
    for (size_t i = 0; i < list->count; i++) {
        const struct finding *finding = &report->explored->finding[i];
        bool is_selected = i == list->selected;

        if (is_selected)
            selected = (int)text->count;
        strbuf_clear(&buf);
        strbuf_addf(&buf, "%zu. %.*s", i + 1, (int)strcspn(finding->text, "\n"),
                    finding->text);
        explore_page_entry(text, cells, buf.text, is_selected);
        if (is_selected)
            put_selected(list, text, finding, steps);
    }
    strbuf_fini(&buf);
    return selected;
}

/* --- walking -------------------------------------------------------------- */

static void read_nothing(void *context)
{
    (void)context;
}

static bool is_written(void *context)
{
    (void)context;
    return false;
}

static const struct trace *trace_of(void *context)
{
    const struct program_story *story = context;

    return diary_read_trace(story->diary);
}

static enum player_left walk(struct explore_list *list, struct diag *diag)
{
    static const struct recording_source source = { read_nothing, is_written,
                                                    read_nothing, trace_of };
    const struct orders_report *report = list->subject;
    struct options own = *list->options;
    struct recording *recording;
    struct kept_runs kept;
    enum player_left left;

    if (!story_of(list)) {
        diag_set(diag, NULL, 0, 0, _("this run cannot be had again"));
        return PLAYER_FAILED;
    }
    own.step = true;
    recording = recording_told(&source, report->story[list->selected]);
    program_watch_open(&kept, recording, false);
    left = player_look(&kept, NULL, &own, diag);
    runner_free(kept.runner[0]);
    recording_close(recording);
    return left;
}

bool orders_live(const struct orders_report *report,
                 const struct options *options, struct diag *diag)
{
    static const struct explore_rules rules = { select_finding, history_of,
                                                put_rows, walk };
    struct explore_list list = {
        .rules = &rules,
        .subject = (void *)(uintptr_t)report,
        .options = options,
        .count = report->explored->count,
        .title = report->command[0],
        .caption = _("REAL: the run that shows it"),
    };

    return explore_list(&list, diag);
}
