/*
 * quiz_paint.c -- a timeline is painted cell by cell, and marked.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/lesson/quiz_source.h"
#include "cli/page/page_text.h"
#include "cli/page/page_view.h"
#include "lessons/lesson.h"
#include "lessons/quiz/quiz.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/trace/mode.h"
#include "sched/workload/workload.h"

enum {
    LABEL_CELLS = 5,
    LABEL_COLUMNS = 5 /* a time stands over every fifth column */
};

struct painting {
    struct quiz *quiz;
    uint64_t seed;
    size_t rows, columns, row, column;
    enum quiz_cell *answer; /* row by row */
    bool *wrong;
    bool marked; /* the answers have been marked */
    bool key;    /* the right ones are shown as well */
    size_t right;
};

/* --- one exercise --------------------------------------------------------- */

static bool begin(struct painting *painting, uint64_t seed, const char *mode,
                  int difficulty, struct diag *diag)
{
    struct quiz *quiz = quiz_open(seed, mode, difficulty, diag);
    size_t cells;

    *painting = (struct painting){ .quiz = quiz, .seed = seed };
    if (!quiz)
        return false;
    painting->rows = quiz_rows(quiz);
    painting->columns = quiz_columns(quiz);
    cells = painting->rows * painting->columns;
    painting->answer = xcalloc(cells, sizeof *painting->answer);
    painting->wrong = xcalloc(cells, sizeof *painting->wrong);
    return true;
}

static void end(struct painting *painting)
{
    free(painting->answer);
    free(painting->wrong);
    quiz_free(painting->quiz);
}

/* --- drawing -------------------------------------------------------------- */

static void write_run(struct page_text *sheet, const struct painting *painting)
{
    const struct lesson_settings *settings = quiz_settings(painting->quiz);

    page_text_putf(
        sheet, STYLE(ROLE_STRONG), _("Exercise %llu: mode %s, machines: %d"),
        (unsigned long long)painting->seed, settings->mode, settings->machines);
    if (mode_traits(settings->mode) & PREEMPTIVE)
        page_text_putf(sheet, STYLE(ROLE_STRONG), _(", time slice %d ms"),
                       (int)(settings->slice_ns / NS_PER_MS));
    page_text_row(sheet);
}

static void write_program(struct page_text *sheet,
                          const struct painting *painting)
{
    const char *text = quiz_program(painting->quiz);

    while (*text) {
        size_t length = strcspn(text, "\n");

        page_text_row(sheet);
        page_text_tab(sheet, 4);
        page_text_putf(sheet, STYLE(ROLE_TEXT), "%.*s", (int)length, text);
        text += length + (text[length] == '\n');
    }
    page_text_row(sheet);
}

static void write_times(struct page_text *sheet,
                        const struct painting *painting)
{
    page_text_row(sheet);
    for (size_t column = 0; column <= painting->columns;
         column += LABEL_COLUMNS) {
        page_text_tab(sheet, LABEL_CELLS + 2 * (int)column);
        page_text_putf(sheet, STYLE(ROLE_DIM), "%d",
                       (int)column * QUIZ_CELL_MS);
    }
}

static struct style cell_style(const struct painting *painting, size_t row,
                               size_t column)
{
    size_t index = row * painting->columns + column;
    enum quiz_cell cell = painting->answer[index];

    if (row == painting->row && column == painting->column)
        return STYLE(ROLE_SELECTED);
    if (painting->marked && painting->wrong[index])
        return STYLE(ROLE_BAD);
    if (cell == QUIZ_RUNNING)
        return STYLE_TASK(ROLE_TASK, TASK_COLOUR((int)row));
    return STYLE(cell == QUIZ_NOTHING ? ROLE_DIM : ROLE_TEXT);
}

static void write_key(struct page_text *sheet, const struct painting *painting,
                      size_t row)
{
    page_text_row(sheet);
    page_text_tab(sheet, LABEL_CELLS);
    for (size_t column = 0; column < painting->columns; column++) {
        bool wrong = painting->wrong[row * painting->columns + column];

        page_text_putf(sheet, STYLE(wrong ? ROLE_GOOD : ROLE_DIM), " %c",
                       quiz_letter(quiz_key(painting->quiz, row, column)));
    }
}

static void write_grid(struct page_text *sheet, const struct painting *painting)
{
    const struct workload *workload = quiz_workload(painting->quiz);

    write_times(sheet, painting);
    for (size_t row = 0; row < painting->rows; row++) {
        page_text_row(sheet);
        page_text_putf(sheet, STYLE(ROLE_STRONG), " %s",
                       workload->task[row].name);
        page_text_tab(sheet, LABEL_CELLS);
        for (size_t column = 0; column < painting->columns; column++) {
            size_t index = row * painting->columns + column;
            char letter = quiz_letter(painting->answer[index]);

            page_text_putf(sheet, cell_style(painting, row, column), "%s%c",
                           painting->marked && painting->wrong[index] ? "✗"
                                                                      : " ",
                           letter == ' ' ? '_' : letter);
        }
        if (painting->key)
            write_key(sheet, painting, row);
    }
    page_text_row(sheet);
}

static void write_letters(struct page_text *sheet, int cells)
{
    for (int i = QUIZ_RUNNING; i < QUIZ_CELLS; i++) {
        page_text_row(sheet);
        page_text_putf(sheet, STYLE(ROLE_KEY), " %c ",
                       quiz_letter((enum quiz_cell)i));
        page_text_put(sheet, STYLE(ROLE_TEXT), "  ");
        page_text_wrap(sheet, STYLE(ROLE_TEXT), cells,
                       quiz_meaning((enum quiz_cell)i));
    }
    page_text_row(sheet);
    page_text_putf(sheet, STYLE(ROLE_KEY), " _ ");
    page_text_put(sheet, STYLE(ROLE_TEXT), "  ");
    page_text_put(sheet, STYLE(ROLE_TEXT), quiz_meaning(QUIZ_NOTHING));
}

static void write_mark(struct page_text *sheet, const struct painting *painting)
{
    size_t all = painting->rows * painting->columns;

    if (!painting->marked)
        return;
    page_text_row(sheet);
    page_text_row(sheet);
    if (painting->right == all)
        page_text_put(sheet, STYLE(ROLE_GOOD), _("✓ All cells are right."));
    else
        page_text_putf(sheet, STYLE(ROLE_BAD), _("✗ Right: %zu of %zu cells."),
                       painting->right, all);
}

/* --- keys ----------------------------------------------------------------- */

static void put_cell(struct painting *painting, enum quiz_cell cell)
{
    painting
        ->answer[painting->row * painting->columns + painting->column] = cell;
    painting->marked = painting->key = false;
    if (painting->column + 1 < painting->columns)
        painting->column++;
}

static void cycle(struct painting *painting)
{
    enum quiz_cell *cell =
        &painting->answer[painting->row * painting->columns + painting->column];

    *cell = (enum quiz_cell)((*cell + 1) % QUIZ_CELLS);
    painting->marked = painting->key = false;
}

/* Returns whether the key is the letter of a cell. */
static bool type_letter(struct painting *painting, uint32_t key)
{
    if (key >= 'a' && key <= 'z')
        key -= 'a' - 'A';
    for (int i = QUIZ_RUNNING; i < QUIZ_CELLS; i++)
        if ((uint32_t)quiz_letter((enum quiz_cell)i) == key) {
            put_cell(painting, (enum quiz_cell)i);
            return true;
        }
    if (key != '_' && key != '-' && key != TKEY_DELETE)
        return false;
    put_cell(painting, QUIZ_NOTHING);
    return true;
}

static void mark(struct painting *painting)
{
    painting->right = quiz_mark(painting->quiz, painting->answer,
                                painting->wrong);
    painting->key = painting->marked;
    painting->marked = true;
}

static void move(struct painting *painting, uint32_t key)
{
    if (key == TKEY_LEFT || key == TKEY_BACKSPACE)
        painting->column -= painting->column > 0;
    else if (key == TKEY_RIGHT)
        painting->column += painting->column + 1 < painting->columns;
    else if (key == TKEY_UP)
        painting->row -= painting->row > 0;
    else if (key == TKEY_DOWN)
        painting->row += painting->row + 1 < painting->rows;
    else if (key == TKEY_HOME)
        painting->column = 0;
    else if (key == TKEY_END)
        painting->column = painting->columns - 1;
}

enum after {
    AFTER_STAY,
    AFTER_NEXT,
    AFTER_BACK,
    AFTER_QUIT
};

static enum after act(struct painting *painting, uint32_t key)
{
    if (type_letter(painting, key))
        return AFTER_STAY;
    switch (key) {
    case ' ':
        cycle(painting);
        return AFTER_STAY;
    case TKEY_ENTER:
        mark(painting);
        return AFTER_STAY;
    case 'n':
    case 'N':
        return AFTER_NEXT;
    case 'm':
    case 'M':
    case TKEY_ESCAPE:
        return AFTER_BACK;
    case 'q':
    case 'Q':
    case STAGE_GONE:
        return AFTER_QUIT;
    default:
        move(painting, key);
        return AFTER_STAY;
    }
}

static enum after ask(struct page_view *stage, struct painting *painting)
{
    struct page_text sheet;
    struct page page = { .name = "concviz", .title = _("paint the timeline") };
    uint32_t key;

    page_text_init(&sheet);
    write_run(&sheet, painting);
    write_program(&sheet, painting);
    write_grid(&sheet, painting);
    if (!painting->key)
        write_letters(&sheet, page_view_cells(stage));
    write_mark(&sheet, painting);
    page.text = page_text_text(&sheet);
    page.footer = painting->marked
                      ? _("Enter\tthe key\nn\tanother one\nEsc\tback\nq\tquit")
                      : _("←→↑↓\tmove\nSpace\tchange\nEnter\tmark it\n"
                          "n\tanother one\nEsc\tback\nq\tquit");
    key = page_view_ask(stage, &page);
    page_text_fini(&sheet);
    return act(painting, key);
}

bool quiz_paint(struct page_view *stage, const char *mode, int difficulty)
{
    enum after after = AFTER_NEXT;
    struct painting painting;
    struct diag diag;

    while (after == AFTER_NEXT) {
        if (!begin(&painting, quiz_any_seed(), mode, difficulty, &diag)) {
            page_view_notice(stage, diag.message);
            return true;
        }
        do
            after = ask(stage, &painting);
        while (after == AFTER_STAY);
        end(&painting);
    }
    return after != AFTER_QUIT;
}
