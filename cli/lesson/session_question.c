/*
 * session_question.c -- a question, and what became of the answer.
 */
#include <stdio.h>
#include <string.h>

#include "cli/lesson/session.h"
#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "lessons/session/reflect.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/wrap.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    CHIP_CELLS = 5,   /* " 1   " before a choice */
    PROGRAM_CELLS = 4 /* before a statement, and its rows hang by as many */
};

/* --- the program ---------------------------------------------------------- */

/* A statement; its further rows are indented. */
static void write_statement(struct page_text *sheet, const char *line,
                            int cells)
{
    int indent = PROGRAM_CELLS;

    do {
        struct wrap_row row = wrap_steps(line, cells - indent);

        page_text_row(sheet);
        page_text_tab(sheet, indent);
        page_text_putf(sheet, STYLE(ROLE_TEXT), "%.*s", (int)row.bytes, line);
        line += row.next;
        indent = 2 * PROGRAM_CELLS;
    } while (*line);
}

void session_program(struct page_text *sheet, const char *text, int cells)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        char line[1024];

        snprintf(line, sizeof line, "%.*s", (int)length, text);
        write_statement(sheet, line, cells);
        text += length + (text[length] == '\n');
    }
}

void session_announce(struct session *sitting, struct page_text *sheet,
                      int number)
{
    const struct lesson_screen *run = lesson_run_screen(sitting->lesson,
                                                        number);

    if (!run)
        return;
    page_text_row(sheet);
    page_text_putf(sheet, STYLE(ROLE_STRONG), _("RUN %d"), number);
    if (run->title)
        page_text_putf(sheet, STYLE(ROLE_STRONG), ": %s", run->title);
    if (!run->hide && run->workload >= 0)
        session_program(sheet, sitting->lesson->workload[run->workload].text,
                        page_view_cells(&sitting->stage));
}

/* --- asking --------------------------------------------------------------- */

static void add_choice(struct page_text *sheet, const char *key,
                       const char *text, bool chosen, int cells)
{
    page_text_row(sheet);
    page_text_putf(sheet, STYLE(chosen ? ROLE_SELECTED : ROLE_KEY), " %s ",
                   key);
    page_text_tab(sheet, CHIP_CELLS);
    page_text_wrap(sheet, STYLE(chosen ? ROLE_STRONG : ROLE_TEXT), cells, text);
}

static void write_question(struct page_text *sheet,
                           const struct lesson_request *request, int cells)
{
    const struct lesson_screen *screen = request->screen;
    char key[24];

    page_text_wrap(sheet, STYLE(ROLE_STRONG), cells, screen->text);
    for (size_t i = 0; i < screen->choice_count; i++) {
        snprintf(key, sizeof key, "%zu", i + 1);
        add_choice(sheet, key, screen->choice[i].text,
                   request->choice == (int)i, cells);
    }
    add_choice(sheet, "0", _("I don't know"), request->choice == CHOICE_UNKNOWN,
               cells);
}

/* The choice a key stands for, or CHOICE_NONE. */
static int choice_of(const struct lesson_screen *screen, uint32_t key)
{
    if (key == '0' || key == 'd' || key == 'D')
        return CHOICE_UNKNOWN;
    if (key >= '1' && key - '1' < screen->choice_count)
        return (int)(key - '1');
    return CHOICE_NONE;
}

void session_question(struct session *sitting,
                      const struct lesson_request *request)
{
    const struct lesson_screen *screen = request->screen;
    int cells = page_view_cells(&sitting->stage), choice;
    bool predict = screen->kind == LESSON_PREDICT;
    struct page_text above, box;
    struct page page;
    char footer[256];
    uint32_t key;

    page_text_init(&above);
    page_text_init(&box);
    session_page(sitting, request, &page);
    write_question(&box, request, cells);
    page.box = page_text_text(&box);
    page.box_title = predict ? _("PREDICT before you look")
                             : _("OBSERVE: what was there to see?");
    if (predict) {
        session_announce(sitting, &above, screen->run);
        if ((int)(above.count + box.count) + 4 > sitting->stage.height)
            above.count = 0; /* the question is what matters */
    } else {
        session_picture(sitting, &page);
        page.keep_picture = true;
    }
    page.text = page_text_text(&above);
    snprintf(footer, sizeof footer,
             _("1-%d\tanswer\n0\tI don't know\n%sb\tback\n"
               "?\thelp\nq\tquit"),
             (int)screen->choice_count,
             predict ? "" : _("←→\tcursor\np\tthe run again\n"));
    page.footer = footer;
    key = session_ask(sitting, &page);
    page_text_fini(&box);
    page_text_fini(&above);
    choice = choice_of(screen, key);
    if (choice != CHOICE_NONE) {
        lesson_run_choose(sitting->run, choice);
        sitting->announced = predict;
    } else if (!session_move(sitting, key)) {
        session_look(sitting, key);
    }
}

/* --- the verdict ---------------------------------------------------------- */

static void add_answer(struct page_text *sheet,
                       const struct lesson_screen *screen, int index,
                       enum role role, const char *label, int cells)
{
    const struct lesson_choice *choice = &screen->choice[index];

    page_text_row(sheet);
    page_text_putf(sheet, STYLE(ROLE_KEY), " %d ", index + 1);
    page_text_tab(sheet, CHIP_CELLS);
    page_text_putf(sheet, STYLE(role), "%s ", label);
    page_text_wrap(sheet, STYLE(ROLE_STRONG), cells, choice->text);
    page_text_row(sheet);
    page_text_tab(sheet, CHIP_CELLS);
    page_text_wrap(sheet, STYLE(ROLE_TEXT), cells, choice->why);
}

static const char *verdict_title(const struct session *sitting,
                                 const struct lesson_request *request)
{
    if (request->choice == request->right)
        return sitting->options->class_mode ? _("✓ MOST OF YOU WERE RIGHT")
                                            : _("✓ RIGHT");
    if (request->choice == CHOICE_UNKNOWN)
        return _("THIS IS HOW IT IS");
    return _("✗ NOT SO");
}

static void write_measured(struct session *sitting, struct page_text *sheet,
                           const struct lesson_request *request, int cells)
{
    struct strbuf text;

    strbuf_init(&text);
    strbuf_addf(&text,
                sitting->plan.run.model ? _("In the model: %s")
                                        : _("Measured: %s"),
                request->measured);
    if (request->ideal) {
        strbuf_adds(&text, " " REFLECT_IDEAL_BEGIN);
        strbuf_addf(&text, _("(ideal: %s)"), request->ideal);
        strbuf_adds(&text, REFLECT_IDEAL_END);
    }
    page_text_row(sheet);
    page_text_wrap(sheet, STYLE(ROLE_STRONG), cells, text.text);
    strbuf_fini(&text);
}

static void write_verdict(struct session *sitting, struct page_text *sheet,
                          const struct lesson_request *request, bool question)
{
    const struct lesson_screen *screen = request->screen;
    int cells = page_view_cells(&sitting->stage);
    bool right = request->choice == request->right;

    if (question)
        page_text_wrap(sheet, STYLE(ROLE_DIM), cells, screen->text);
    if (request->choice >= 0)
        add_answer(sheet, screen, request->choice, right ? ROLE_GOOD : ROLE_BAD,
                   right ? "✓" : "✗", cells);
    if (!right && request->right >= 0)
        add_answer(sheet, screen, request->right, ROLE_GOOD, "✓", cells);
    if (request->measured && request->measured[0] &&
        !strchr(request->measured, '\n'))
        write_measured(sitting, sheet, request, cells);
}

/* Rows the picture of the last run would like. */
static int picture_rows(const struct session *sitting)
{
    const struct workload *workload;

    if (!sitting->history)
        return 0;
    workload = trace_workload(history_trace(sitting->history));
    return (int)workload->task_count + history_machines(sitting->history) + 4;
}

void session_verdict(struct session *sitting,
                     const struct lesson_request *request)
{
    struct page_text box;
    struct page page;
    uint32_t key;

    page_text_init(&box);
    session_page(sitting, request, &page);
    if (sitting->view.cursor_ns < 0)
        sitting->view.cursor_ns = request->instant_ns;
    write_verdict(sitting, &box, request, true);
    if ((int)box.count + 4 + picture_rows(sitting) > sitting->stage.height) {
        page_text_fini(&box);
        page_text_init(&box);
        write_verdict(sitting, &box, request, false);
    }
    page.box = page_text_text(&box);
    page.box_title = verdict_title(sitting, request);
    page.keep_picture = true;
    session_picture(sitting, &page);
    page.footer = _("Enter\tgo on\n←→\tcursor\np\tthe run again\nb\tback\n"
                    "?\thelp\nq\tquit");
    key = session_ask(sitting, &page);
    page_text_fini(&box);
    if (session_move(sitting, key))
        sitting->view.cursor_ns = -1;
    else
        session_look(sitting, key);
}
