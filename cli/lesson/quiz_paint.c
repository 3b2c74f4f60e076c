/*
 * quiz_paint.c -- a timeline is painted cell by cell, and marked.
 */
#include "cli/lesson/quiz_paint.h"

#include <stdio.h>

#include "cli/lesson/quiz_source.h"
#include "cli/page/page_text.h"
#include "cli/page/page_view.h"
#include "lessons/quiz/quiz.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/workload/workload.h"

enum {
    LABEL_CELLS = 5
};

enum after {
    AFTER_STAY,
    AFTER_NEXT,
    AFTER_BACK,
    AFTER_QUIT
};

struct painting {
    struct quiz *quiz;
    size_t rows, columns, row, column;
    enum quiz_cell answer[QUIZ_TASKS_MAX * QUIZ_COLUMNS_MAX]; /* row by row */
    bool wrong[QUIZ_TASKS_MAX * QUIZ_COLUMNS_MAX];
    bool marked; /* the answers have been marked */
    bool key;    /* the right ones are shown as well */
    size_t right;
    int difficulty;   /* of the next one, 0: any */
    enum after after; /* the last key */
};

/* --- drawing -------------------------------------------------------------- */

static void write_run(struct page_text *text, const struct painting *painting)
{
    struct strbuf about;

    strbuf_init(&about);
    quiz_describe(painting->quiz, &about);
    page_text_put(text, ROLE_STRONG, about.text);
    strbuf_fini(&about);
    page_text_row(text);
}

static void write_times(struct page_text *text, const struct painting *painting)
{
    page_text_row(text);
    for (size_t column = 0; column <= painting->columns;
         column += QUIZ_LABEL_COLUMNS) {
        page_text_tab(text, LABEL_CELLS + 2 * (int)column);
        page_text_putf(text, ROLE_DIM, column ? "%d" : "%dms",
                       (int)column * QUIZ_CELL_MS);
    }
}

static size_t index_of(const struct painting *painting, size_t row,
                       size_t column)
{
    return row * painting->columns + column;
}

static struct style cell_style(const struct painting *painting, size_t row,
                               size_t column)
{
    size_t index = index_of(painting, row, column);
    enum quiz_cell cell = painting->answer[index];

    if (row == painting->row && column == painting->column)
        return STYLE(ROLE_SELECTED);
    if (painting->marked && painting->wrong[index])
        return STYLE(ROLE_BAD);
    if (cell == QUIZ_RUNNING)
        return STYLE_TASK(ROLE_TASK, TASK_COLOUR((int)row));
    return STYLE(cell == QUIZ_NOTHING ? ROLE_DIM : ROLE_TEXT);
}

/* A cell of the answer; a wrong one is crossed out once it has been marked. */
static void write_cell(struct page_text *text, const struct painting *painting,
                       size_t row, size_t column)
{
    size_t index = index_of(painting, row, column);
    bool crossed = painting->marked && painting->wrong[index];
    char letter = quiz_letter(painting->answer[index]);
    char cell[8];

    snprintf(cell, sizeof cell, "%s%c", crossed ? "✗" : " ",
             letter == ' ' ? '_' : letter);
    page_text_styled(text, cell_style(painting, row, column), cell);
}

static void write_key(struct page_text *text, const struct painting *painting,
                      size_t row)
{
    page_text_row(text);
    page_text_tab(text, LABEL_CELLS);
    for (size_t column = 0; column < painting->columns; column++) {
        bool wrong = painting->wrong[index_of(painting, row, column)];

        page_text_putf(text, wrong ? ROLE_GOOD : ROLE_DIM, " %c",
                       quiz_letter(painting->quiz->key[row][column]));
    }
}

static void write_grid(struct page_text *text, const struct painting *painting)
{
    const struct workload *workload = painting->quiz->workload;

    write_times(text, painting);
    for (size_t row = 0; row < painting->rows; row++) {
        page_text_row(text);
        page_text_putf(text, ROLE_STRONG, " %s", workload->task[row].name);
        page_text_tab(text, LABEL_CELLS);
        for (size_t column = 0; column < painting->columns; column++)
            write_cell(text, painting, row, column);
        if (painting->key)
            write_key(text, painting, row);
    }
    page_text_row(text);
}

static void write_letter(struct page_text *text, char letter,
                         const char *meaning, int cells)
{
    page_text_row(text);
    page_text_putf(text, ROLE_KEY, " %c ", letter);
    page_text_put(text, ROLE_TEXT, "  ");
    page_text_wrap(text, ROLE_TEXT, cells, meaning);
}

static void write_letters(struct page_text *text, int cells)
{
    for (int i = QUIZ_RUNNING; i < QUIZ_CELLS; i++)
        write_letter(text, quiz_letter((enum quiz_cell)i),
                     quiz_meaning((enum quiz_cell)i), cells);
    write_letter(text, '_', quiz_meaning(QUIZ_NOTHING), cells);
}

static void write_mark(struct page_text *text, const struct painting *painting)
{
    size_t all = painting->rows * painting->columns;

    if (!painting->marked)
        return;
    page_text_row(text);
    page_text_row(text);
    if (painting->right == all)
        page_text_put(text, ROLE_GOOD, _("✓ All cells are right."));
    else
        page_text_putf(text, ROLE_BAD, _("✗ Right: %zu of %zu cells."),
                       painting->right, all);
}

/* --- keys ----------------------------------------------------------------- */

/* The cell at the cursor, which is about to be changed. */
static enum quiz_cell *change_cell(struct painting *painting)
{
    painting->marked = painting->key = false;
    return &painting
                ->answer[index_of(painting, painting->row, painting->column)];
}

static void move_column(void *screen, int by)
{
    struct painting *painting = screen;
    int last = (int)painting->columns - 1, to = (int)painting->column + by;

    painting->column = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

static void move_row(void *screen, int by)
{
    struct painting *painting = screen;
    int last = (int)painting->rows - 1, to = (int)painting->row + by;

    painting->row = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

static void put_cell(void *screen, int cell)
{
    *change_cell(screen) = (enum quiz_cell)cell;
    move_column(screen, 1);
}

static void cycle(void *screen, int by)
{
    enum quiz_cell *cell = change_cell(screen);

    *cell = (enum quiz_cell)(((int)*cell + by) % QUIZ_CELLS);
}

static void mark(void *screen, int by)
{
    struct painting *painting = screen;

    (void)by;
    painting->right = quiz_mark(painting->quiz, painting->answer,
                                painting->wrong);
    painting->key = painting->marked;
    painting->marked = true;
}

static void leave(void *screen, int after)
{
    struct painting *painting = screen;

    painting->after = (enum after)after;
}

/* Another one, of this difficulty. */
static void choose_level(void *screen, int difficulty)
{
    struct painting *painting = screen;

    painting->difficulty = difficulty;
    painting->after = AFTER_NEXT;
}

enum {
    PAINTING = 1 << 0,
    MARKED = 1 << 1,
    ANSWERED = 1 << 2 /* nothing more to show */
};

static const struct key_binding keys[] = {
    { KEYS('r'), ACT(put_cell, QUIZ_RUNNING) },
    { KEYS('l'), ACT(put_cell, QUIZ_LINE) },
    { KEYS('s'), ACT(put_cell, QUIZ_AWAY) },
    { KEYS('w'), ACT(put_cell, QUIZ_BLOCKED) },
    { KEYS('h'), ACT(put_cell, QUIZ_HELD) },
    { KEYS('_', '-', TKEY_DELETE), ACT(put_cell, QUIZ_NOTHING) },
    { KEYS(TKEY_LEFT, TKEY_BACKSPACE), ACT(move_column, -1), HELP(N_("move")),
      .keys = "←→↑↓", FOOTER(N_("move"), PAINTING, 0), .label = "←→↑↓" },
    { KEYS(TKEY_RIGHT), ACT(move_column, 1) },
    { KEYS(TKEY_UP), ACT(move_row, -1) },
    { KEYS(TKEY_DOWN), ACT(move_row, 1) },
    { KEYS(TKEY_HOME), ACT(move_column, -QUIZ_COLUMNS_MAX),
      HELP(N_("to the first or last column")), .keys = "Home End" },
    { KEYS(TKEY_END), ACT(move_column, QUIZ_COLUMNS_MAX) },
    { KEYS(' '), ACT(cycle, 1), HELP(N_("change")),
      FOOTER(N_("change"), PAINTING, 0) },
    { KEYS(TKEY_ENTER), ACT(mark, 0),
      HELP(N_("mark it; after that, the answers")),
      FOOTER(N_("mark it"), PAINTING, 0) },
    { FOOTER(N_("the answers"), MARKED, 0), .label = "Enter" },
    { KEYS('n'), ACT(leave, AFTER_NEXT), HELP(N_("another one")),
      FOOTER(N_("another one"), PAGE_VIEW_FOOTER, 0) },
    { KEYS('0'), .last = '0' + QUIZ_DIFFICULTY_MAX, ACT(choose_level, 0),
      HELP(N_("another one of this level; 0: of any")), .keys = "0-3",
      FOOTER(N_("level"), PAGE_VIEW_FOOTER, 0), .label = "1-3" },
    { KEYS('m'), ACT(leave, AFTER_BACK), HELP(N_("go back")),
      FOOTER(N_("back"), PAGE_VIEW_FOOTER, 0) },
    { KEYS('q'), ACT(leave, AFTER_QUIT), HELP(N_("quit")),
      FOOTER(N_("quit"), PAGE_VIEW_FOOTER, PAGE_VIEW_RANK_QUIT) },
    { KEYS_GO_ON(page_view_keys) },
};

/* Show the exercise once, and do what a key says. */
static void ask(struct page_view *pages, struct painting *painting)
{
    struct page page = { .name = "concviz", .title = _("paint the timeline") };
    int cells = page_view_cells(pages);
    struct page_text text;

    page_text_init(&text);
    write_run(&text, painting);
    page_text_program(&text, painting->quiz->program, cells);
    page_text_row(&text);
    write_grid(&text, painting);
    if (!painting->key)
        write_letters(&text, cells);
    write_mark(&text, painting);
    page.text = page_text_rows(&text);
    page_view_ask(pages, &page, keys,
                  painting->key      ? ANSWERED
                  : painting->marked ? MARKED
                                     : PAINTING,
                  painting);
    page_text_fini(&text);
}

bool quiz_paint(struct page_view *pages, const char *mode, int difficulty)
{
    enum after after;
    struct diag diag;

    do {
        struct painting painting = { .difficulty = difficulty };

        painting.quiz = quiz_source_open(quiz_source_seed(), mode, difficulty,
                                         &diag);
        if (!painting.quiz) {
            page_view_notice(pages, diag.message);
            return true;
        }
        painting.rows = painting.quiz->rows;
        painting.columns = painting.quiz->columns;
        while (painting.after == AFTER_STAY)
            ask(pages, &painting);
        after = painting.after;
        difficulty = painting.difficulty;
        quiz_free(painting.quiz);
    } while (after == AFTER_NEXT);
    return after != AFTER_QUIT;
}
