/*
 * session_vote.c -- a class predicts: two votes, and only then the run.
 *
 * The lecturer counts hands or cards and types the numbers in. What is right
 * is not said here.
 */
#include <stdio.h>

#include "cli/lesson/session.h"
#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "lessons/session/vote.h"
#include "render/cells/glyphs.h"
#include "render/draw/big.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"

enum {
    BAR_LEFT = 6, /* cells before a bar */
    BAR_RIGHT = 12,
    HANDS_DIGITS = 100, /* a fourth digit begins anew */
    MARK_CELLS = 2,     /* for the mark of the selected choice */
    BIG_LEFT = 12,      /* cells before a choice with a big letter */
    BIG_RIGHT = 24,     /* cells for a big count */
    BIG_ROWS = BIG_HEIGHT + 2,
    HEAD_ROWS = 8, /* title, question and keys around the choices */
};

static void add_bar(struct page_text *sheet, const struct vote *vote, int round,
                    int choice, int width)
{
    int percent = vote_percent(vote, round, choice);
    int full = width * percent / 100;
    char bar[4 * 128 + 1], *end = bar;

    for (int i = 0; i < full && i < 128; i++)
        end += text_encode(end, GLYPH_RUNNING);
    *end = '\0';
    page_text_row(sheet);
    page_text_tab(sheet, BAR_LEFT - 3);
    page_text_putf(sheet, STYLE(ROLE_DIM), "%d. ", round + 1);
    page_text_put(sheet, STYLE(ROLE_TEXT), bar);
    page_text_putf(sheet, STYLE(ROLE_STRONG), " %d %%", percent);
}

/* One row of text drawn big. */
static void put_big(struct page_text *sheet, struct style style,
                    const char *text, int row)
{
    struct cells cells;
    char bytes[4];

    cells_init(&cells, big_cells(text), BIG_HEIGHT);
    big_text(&cells, 0, 0, text, style);
    for (int x = 0; x < cells.width; x++) {
        size_t length = text_encode(bytes, cells_at(&cells, x, row)->rune);

        page_text_putf(sheet, style, "%.*s", (int)length, bytes);
    }
    cells_fini(&cells);
}

/* Is there room to be read from the back row? Bars need it for themselves. */
static bool fits_large(const struct session *sitting)
{
    const struct lesson_screen *screen = sitting->vote.question;
    int cells = page_view_cells(&sitting->stage) - BIG_LEFT - BIG_RIGHT;
    int rows = HEAD_ROWS + (int)screen->choice_count * BIG_ROWS;

    for (size_t i = 0; i < screen->choice_count; i++)
        if (text_cells(screen->choice[i].text) > cells)
            return false;
    return !sitting->counted && sitting->stage.glyphs == GLYPHS_UNICODE &&
           rows <= sitting->stage.height;
}

static void add_large_choice(const struct session *sitting,
                             struct page_text *sheet, int choice)
{
    const struct vote *vote = &sitting->vote;
    int cells = page_view_cells(&sitting->stage);
    bool selected = choice == sitting->selected;
    struct style style = STYLE(ROLE_STRONG);
    char letter[2] = { (char)('A' + choice), '\0' }, count[16];

    snprintf(count, sizeof count, "%d", vote->hands[vote->round][choice]);
    page_text_row(sheet);
    for (int row = 0; row < BIG_HEIGHT; row++) {
        page_text_row(sheet);
        if (row == 1 && selected)
            page_text_put(sheet, STYLE(ROLE_SELECTED), ">");
        page_text_tab(sheet, MARK_CELLS);
        put_big(sheet, style, letter, row);
        page_text_tab(sheet, BIG_LEFT);
        if (row == 1)
            page_text_put(sheet, STYLE(ROLE_STRONG),
                          vote->question->choice[choice].text);
        page_text_tab(sheet, cells - big_cells(count));
        put_big(sheet, style, count, row);
    }
    page_text_row(sheet);
}

static void add_choice(const struct session *sitting, struct page_text *sheet,
                       int choice)
{
    const struct vote *vote = &sitting->vote;
    int cells = page_view_cells(&sitting->stage);
    bool selected = choice == sitting->selected && !sitting->counted;

    page_text_row(sheet);
    page_text_row(sheet);
    page_text_putf(sheet, STYLE(selected ? ROLE_SELECTED : ROLE_KEY), " %c ",
                   'A' + choice);
    page_text_tab(sheet, BAR_LEFT);
    page_text_wrap(sheet, STYLE(ROLE_STRONG), cells - BAR_RIGHT,
                   vote->question->choice[choice].text);
    page_text_tab(sheet, cells - BAR_RIGHT + 3);
    page_text_putf(sheet, STYLE(selected ? ROLE_SELECTED : ROLE_METER), " %3d ",
                   vote->hands[vote->round][choice]);
    if (!sitting->counted)
        return;
    for (int round = 0; round <= vote->round; round++)
        add_bar(sheet, vote, round, choice, cells - BAR_LEFT - BAR_RIGHT);
}

/* For the lecturer alone: it tells how many were right. */
static void add_advice(const struct session *sitting, struct page_text *sheet)
{
    static const char *const words[] = {
        [VOTE_NOBODY] = N_("No hands were counted."),
        [VOTE_GO_ON] = N_("Most are right: one sentence, then run."),
        [VOTE_DISCUSS] = N_("Let neighbours discuss, then vote again."),
        [VOTE_EXPLAIN] = N_("Few are right: explain with the picture again."),
    };

    if (!sitting->counted || !sitting->options->lecturer)
        return;
    page_text_row(sheet);
    page_text_row(sheet);
    page_text_put(sheet, STYLE(ROLE_DIM),
                  _(words[vote_advise(&sitting->vote)]));
}

static void write_vote(struct session *sitting, struct page_text *sheet)
{
    const struct lesson_screen *screen = sitting->vote.question;

    page_text_putf(sheet, STYLE(ROLE_DIM),
                   sitting->vote.round ? _("SECOND VOTE") : _("FIRST VOTE"));
    page_text_row(sheet);
    page_text_wrap(sheet, STYLE(ROLE_STRONG), page_view_cells(&sitting->stage),
                   screen->text);
    for (size_t i = 0; i < screen->choice_count; i++)
        if (fits_large(sitting))
            add_large_choice(sitting, sheet, (int)i);
        else
            add_choice(sitting, sheet, (int)i);
    add_advice(sitting, sheet);
}

/* --- keys ----------------------------------------------------------------- */

/* Type a number into the count of the selected choice. */
static void set_hands(struct session *sitting, int hands)
{
    struct vote *vote = &sitting->vote;

    vote_add(vote, sitting->selected,
             hands - vote->hands[vote->round][sitting->selected]);
}

static void select_choice(struct session *sitting, int choice)
{
    int count = (int)sitting->vote.question->choice_count;

    sitting->typing = false;
    if (choice >= 0 && choice < count)
        sitting->selected = choice;
}

static void type_digit(struct session *sitting, int digit)
{
    const struct vote *vote = &sitting->vote;
    int hands = vote->hands[vote->round][sitting->selected];

    if (!sitting->typing || hands >= HANDS_DIGITS)
        hands = 0;
    set_hands(sitting, hands * 10 + digit);
    sitting->typing = true;
}

static bool count_hands(struct session *sitting, uint32_t key)
{
    const struct vote *vote = &sitting->vote;
    int hands = vote->hands[vote->round][sitting->selected];

    if (key >= '0' && key <= '9')
        type_digit(sitting, (int)(key - '0'));
    else if (key >= 'a' && key <= 'e')
        select_choice(sitting, (int)(key - 'a'));
    else if (key == TKEY_UP)
        select_choice(sitting, sitting->selected - 1);
    else if (key == TKEY_DOWN || key == TKEY_ENTER || key == TKEY_TAB)
        select_choice(sitting, sitting->selected + 1);
    else if (key == '+' || key == '=')
        set_hands(sitting, hands + 1);
    else if (key == '-')
        set_hands(sitting, hands - 1);
    else if (key == TKEY_BACKSPACE || key == TKEY_DELETE)
        set_hands(sitting, hands / 10);
    else if (key == 'v' || key == 'V')
        sitting->counted = true;
    else
        return false;
    return true;
}

/* The vote is over: once more, or on with what most of them think. */
static bool after_count(struct session *sitting, uint32_t key)
{
    bool on = key == TKEY_ENTER || key == ' ' || key == TKEY_PAGE_DOWN;
    int winner = vote_winner(&sitting->vote);

    if (key == 'v' || key == 'V' || (on && sitting->vote.round == 0)) {
        if (vote_again(&sitting->vote)) {
            sitting->counted = sitting->typing = false;
            sitting->selected = 0;
        }
        return true;
    }
    if (on || key == 'r' || key == 'R') {
        lesson_run_choose(sitting->run, winner < 0 ? CHOICE_UNKNOWN : winner);
        sitting->vote.question = NULL;
        sitting->announced = true;
        return true;
    }
    return false;
}

static const char *footer(const struct session *sitting)
{
    if (!sitting->counted)
        return _("↑↓\tchoice\n0-9\thands\n+-\tone more, less\nv\tend the vote\n"
                 "q\tquit");
    if (sitting->vote.round == 0)
        return _("Enter\tvote again\nr\trun\nPgUp\tback\nq\tquit");
    return _("Enter\trun\nPgUp\tback\nq\tquit");
}

void session_vote(struct session *sitting, const struct lesson_request *request)
{
    struct page_text sheet;
    struct page page;
    uint32_t key;
    bool done;

    if (sitting->vote.question != request->screen) {
        vote_init(&sitting->vote, request->screen);
        sitting->counted = sitting->typing = false;
        sitting->selected = 0;
    }
    page_text_init(&sheet);
    session_page(sitting, request, &page);
    write_vote(sitting, &sheet);
    page.text = page_text_text(&sheet);
    page.footer = footer(sitting);
    page.help = NULL;
    key = session_ask(sitting, &page);
    page_text_fini(&sheet);
    done = sitting->counted ? after_count(sitting, key)
                            : count_hands(sitting, key);
    if (!done)
        session_move(sitting, key);
}
