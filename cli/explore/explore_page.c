/*
 * explore_page.c -- the head of the report, then one row for everything that
 * was found; below the selected one stands how the run comes to it.
 */
#include "cli/explore/explore_page.h"

#include <string.h>

#include "cli/page/page_text.h"
#include "cli/report/columns.h"
#include "cli/report/explore_report.h"
#include "cli/report/explore_rerun.h"
#include "render/cells/glyphs.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/explore/explore.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    INDENT = 4, /* of what stands below an entry */
    NAME_CELLS = 6
};

/* --- entries -------------------------------------------------------------- */

static void add(struct explore_entry *entry, size_t *count,
                struct explore_entry more)
{
    entry[(*count)++] = more;
}

/* A variable that always ends in the same way has nothing to show. */
struct explore_entry *explore_page_entries(const struct explore_report *report,
                                           size_t *count)
{
    const struct explored *explored = report->explored;
    struct explore_entry *entry = xcalloc(
        explored->count + 2 * explored->shared_count + 1, sizeof *entry);

    *count = 0;
    for (size_t i = 0; i < explored->count; i++)
        add(entry, count,
            (struct explore_entry){ &explored->finding[i],
                                    &explored->finding[i].schedule, 0, false });
    for (size_t i = 0; i < explored->shared_count; i++) {
        const struct endings *endings = &explored->shared[i];

        if (endings->count < 2)
            continue;
        add(entry, count,
            (struct explore_entry){ NULL, &endings->least, i, false });
        add(entry, count,
            (struct explore_entry){ NULL, &endings->most, i, true });
    }
    return entry;
}

/* --- rows ----------------------------------------------------------------- */

void explore_page_lines(struct page_text *sheet, enum role role, int cells,
                        const char *text)
{
    while (*text) {
        int length = (int)strcspn(text, "\n");
        struct strbuf line;

        strbuf_init(&line);
        strbuf_add(&line, text, (size_t)length);
        page_text_row(sheet);
        page_text_tab(sheet, INDENT);
        page_text_wrap(sheet, role, cells, line.text + strspn(line.text, " "));
        strbuf_fini(&line);
        text += length + (text[length] == '\n');
    }
}

void explore_page_entry(struct page_text *sheet, int cells, const char *text,
                        bool selected)
{
    page_text_row(sheet);
    page_text_put(sheet, ROLE_STRONG, selected ? "▶ " : "  ");
    page_text_wrap(sheet, selected ? ROLE_STRONG : ROLE_TEXT, cells, text);
}

void explore_page_head(struct page_text *sheet, int cells, char *text)
{
    char *rest;

    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        page_text_row(sheet);
        page_text_wrap(sheet, ROLE_TEXT, cells, line);
    }
    page_text_row(sheet);
}

/* "deadlock: A waits for …"; the selected one has been run again already. */
static void tell_entry(struct strbuf *out, const struct explore_page *page,
                       size_t i)
{
    const struct explore_entry *entry = &page->entry[i];
    const struct workload *workload = page->report->workload;
    const struct endings *endings;
    const struct ending *ending;
    struct explore_rerun rerun;

    if (entry->finding && i == page->selected) {
        explore_rerun_tell(out, page->rerun);
    } else if (entry->finding) {
        explore_rerun_init(&rerun, page->report, entry->schedule,
                           entry->finding);
        explore_rerun_tell(out, &rerun);
        explore_rerun_fini(&rerun);
    } else {
        endings = &page->report->explored->shared[entry->shared];
        ending = &endings->value[entry->largest ? endings->count - 1 : 0];
        strbuf_addf(out,
                    entry->largest
                        ? _("largest %s at the end: %lld, in %lld runs")
                        : _("smallest %s at the end: %lld, in %lld runs"),
                    workload->shared[entry->shared].name,
                    (long long)ending->value, (long long)ending->runs);
    }
}

static void put_step(struct page_text *sheet, const struct history *history,
                     const struct explore_step *step, int cells)
{
    const struct trace *trace = history_trace(history);
    const struct workload *workload = trace_workload(trace);
    const struct event *event = trace_at(trace, step->event);
    int names = columns_names(workload, NAME_CELLS - 1) + 1;
    struct strbuf text;

    strbuf_init(&text);
    explore_steps_tell(&text, history, step);
    page_text_row(sheet);
    page_text_tab(sheet, INDENT);
    page_text_put(sheet, ROLE_STRONG, workload->task[event->task].name);
    page_text_tab(sheet, INDENT + names);
    page_text_wrap(sheet, ROLE_TEXT, cells, text.text);
    strbuf_fini(&text);
}

void explore_page_steps(struct page_text *sheet, const struct history *history,
                        const struct explore_step *step, size_t count,
                        const struct explore_room *room)
{
    size_t most = (size_t)room->steps;
    size_t first = explore_steps_first(history, step, count, most);
    size_t end = first + most < count ? first + most : count;

    if (first > 0) {
        page_text_row(sheet);
        page_text_tab(sheet, INDENT);
        page_text_putf(sheet, ROLE_DIM, _("(steps before: %d)"), (int)first);
    }
    for (size_t i = first; i < end; i++)
        put_step(sheet, history, &step[i], room->cells);
    if (end < count) {
        page_text_row(sheet);
        page_text_tab(sheet, INDENT);
        page_text_putf(sheet, ROLE_DIM, _("(steps after: %d)"),
                       (int)(count - end));
    }
}

static void put_selected(struct page_text *sheet,
                         const struct explore_page *page)
{
    struct strbuf text;

    strbuf_init(&text);
    if (page->rerun->finding) {
        explore_rerun_count(&text, page->rerun);
        explore_page_lines(sheet, ROLE_DIM, page->cells, text.text);
        strbuf_clear(&text);
    }
    explore_page_steps(sheet, page->rerun->history, page->rerun->step,
                       page->rerun->step_count,
                       &(struct explore_room){ page->cells, page->steps });
    explore_report_command(&text, page->report,
                           page->entry[page->selected].schedule);
    explore_page_lines(sheet, ROLE_DIM, page->cells, text.text);
    strbuf_fini(&text);
}

int explore_page(struct page_text *sheet, const struct explore_page *page)
{
    int selected = 0;
    struct strbuf text;

    strbuf_init(&text);
    explore_report_head(&text, page->report);
    explore_page_head(sheet, page->cells, text.text);
    for (size_t i = 0; i < page->count; i++) {
        bool is_selected = i == page->selected;

        if (is_selected)
            selected = (int)sheet->count;
        strbuf_clear(&text);
        strbuf_addf(&text, "%zu. ", i + 1);
        tell_entry(&text, page, i);
        explore_page_entry(sheet, page->cells, text.text, is_selected);
        if (is_selected)
            put_selected(sheet, page);
    }
    strbuf_fini(&text);
    return selected;
}
