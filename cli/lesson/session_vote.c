/*
 * session_vote.c -- a class predicts: two votes, and only then the run.
 *
 * The lecturer counts hands or cards and types the numbers in. The page does
 * not reveal which choice is right.
 */
#include <stdio.h>

#include "cli/lesson/session_internal.h"
#include "cli/options/options.h"
#include "lessons/session/vote_file.h"
#include "render/cells/big.h"
#include "render/cells/glyphs.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    BAR_LEFT = 6, /* cells before a bar */
    BAR_RIGHT = 12,
    HANDS_DIGITS = 100, /* a fourth digit begins anew */
    MARK_CELLS = 2,     /* for the mark of the selected choice */
    BIG_LEFT = 12,      /* cells before a choice with a big letter */
    BIG_RIGHT = 24,     /* cells for a big count */
    FRAME_ROWS = 4,     /* title, borders, footer */
    AXIS_ROWS = 4,      /* caption, legend and axis of a picture */
};

/* How the choices are written, where there is less and less room. */
enum vote_layout {
    VOTE_LARGE,
    VOTE_AIRY,
    VOTE_TIGHT
};

static void add_bar(struct page_text *page, const struct vote *vote, int round,
                    int choice, int width)
{
    int percent = vote_percent(vote, round, choice);
    int full = width * percent / 100;
    char bar[4 * 128 + 1], *end = bar;

    for (int i = 0; i < full && i < 128; i++)
        end += text_encode(end, GLYPH_RUNNING);
    *end = '\0';
    page_text_row(page);
    page_text_tab(page, BAR_LEFT - 3);
    page_text_putf(page, ROLE_DIM, "%d. ", round + 1);
    page_text_put(page, ROLE_TEXT, bar);
    page_text_putf(page, ROLE_STRONG, " %d %%", percent);
}

/* One row of text drawn big. */
static void put_big(struct page_text *page, const char *text, int row)
{
    struct cells cells;

    cells_init(&cells, big_cells(text, false), BIG_HEIGHT);
    big_text(&cells, 0, 0, text, false, STYLE(ROLE_STRONG));
    page_text_copy(page, &cells, row);
    cells_fini(&cells);
}

/* Can it be read from the back row? Bars need the room for themselves. */
static bool may_be_large(const struct session *session)
{
    const struct lesson_screen *screen = session->ballot.vote.question;
    int cells = page_view_cells(&session->pages) - BIG_LEFT - BIG_RIGHT;

    for (size_t i = 0; i < screen->choice_count; i++)
        if (text_cells(screen->choice[i].text) > cells)
            return false;
    return !session->ballot.counted && session->pages.glyphs == GLYPHS_UNICODE;
}

static void add_large_choice(const struct session *session,
                             struct page_text *page, int choice)
{
    const struct vote *vote = &session->ballot.vote;
    int cells = page_view_cells(&session->pages);
    bool selected = choice == session->ballot.selected;
    char letter[2] = { (char)('A' + choice), '\0' }, count[16];

    snprintf(count, sizeof count, "%d", vote->hands[vote->round][choice]);
    page_text_row(page);
    for (int row = 0; row < BIG_HEIGHT; row++) {
        page_text_row(page);
        if (row == 1 && selected)
            page_text_put(page, ROLE_SELECTED, ">");
        page_text_tab(page, MARK_CELLS);
        put_big(page, letter, row);
        page_text_tab(page, BIG_LEFT);
        if (row == 1)
            page_text_put(page, ROLE_STRONG,
                          vote->question->choice[choice].text);
        page_text_tab(page, cells - big_cells(count, false));
        put_big(page, count, row);
    }
    page_text_row(page);
}

static void add_choice(const struct session *session, struct page_text *page,
                       int choice, bool air)
{
    const struct vote *vote = &session->ballot.vote;
    int cells = page_view_cells(&session->pages);
    bool selected = choice == session->ballot.selected &&
                    !session->ballot.counted;

    if (air)
        page_text_row(page);
    page_text_row(page);
    page_text_putf(page, selected ? ROLE_SELECTED : ROLE_KEY, " %c ",
                   'A' + choice);
    page_text_tab(page, BAR_LEFT);
    page_text_wrap(page, ROLE_STRONG, cells - BAR_RIGHT,
                   vote->question->choice[choice].text);
    page_text_tab(page, cells - BAR_RIGHT + 3);
    page_text_putf(page, selected ? ROLE_SELECTED : ROLE_METER, " %3d ",
                   vote->hands[vote->round][choice]);
    if (!session->ballot.counted)
        return;
    for (int round = 0; round <= vote->round; round++)
        add_bar(page, vote, round, choice, cells - BAR_LEFT - BAR_RIGHT);
}

/* For the lecturer alone: it tells how many were right. */
static void add_advice(const struct session *session, struct page_text *page)
{
    static const char *const words[] = {
        [VOTE_NOBODY] = N_("No hands were counted."),
        [VOTE_GO_ON] = N_("Most are right: one sentence, then run."),
        [VOTE_DISCUSS] = N_("Let neighbours discuss, then vote again."),
        [VOTE_EXPLAIN] = N_("Few are right: explain with the picture again."),
    };

    if (!session->ballot.counted || !session->options->lecturer)
        return;
    page_text_row(page);
    page_text_row(page);
    page_text_put(page, ROLE_DIM, _(words[vote_advise(&session->ballot.vote)]));
}

static void write_vote(const struct session *session, struct page_text *page,
                       enum vote_layout layout)
{
    size_t choices = session->ballot.vote.question->choice_count;

    page_text_clear(page);
    page_text_wrap(page, ROLE_STRONG, page_view_cells(&session->pages),
                   session->request->text);
    for (size_t i = 0; i < choices; i++)
        if (layout == VOTE_LARGE)
            add_large_choice(session, page, (int)i);
        else
            add_choice(session, page, (int)i, layout == VOTE_AIRY);
    add_advice(session, page);
}

/* Rows of a picture in which everybody is seen. */
static int picture_rows(const struct session *session)
{
    const struct workload *workload;

    if (!session->history)
        return 0;
    workload = trace_workload(history_trace(session->history));
    return (int)workload->task_count + history_machines(session->history) +
           AXIS_ROWS;
}

/* The question with what it is about: the program that will run, or the picture
 * of the run. The larger the better, but all of it is seen. */
static void write_page(struct session *session, struct session_page *page)
{
    const struct lesson_screen *screen = session->request->screen;
    int room = session->pages.height - FRAME_ROWS;
    enum vote_layout layout = may_be_large(session) ? VOTE_LARGE : VOTE_AIRY;

    page->page.box_title = session->ballot.vote.round ? _("SECOND VOTE")
                                                      : _("FIRST VOTE");
    if (screen->kind == LESSON_PREDICT) {
        session_page_announce(session, page, screen->run);
        room -= (int)page->text.count;
    } else {
        page->page.keep_picture = true;
        session_page_picture(session, page);
        room -= picture_rows(session);
    }
    for (;; layout++) {
        write_vote(session, &page->box, layout);
        if ((int)page->box.count <= room || layout == VOTE_TIGHT)
            break;
    }
    if ((int)page->box.count > room)
        page_text_clear(&page->text); /* the question is what matters */
    session_page_note(session, page);
}

/* --- keys ----------------------------------------------------------------- */

static int *hands(struct ballot *ballot)
{
    return &ballot->vote.hands[ballot->vote.round][ballot->selected];
}

/* Set the count of the selected choice. */
static void set_hands(struct ballot *ballot, int count)
{
    vote_add(&ballot->vote, ballot->selected, count - *hands(ballot));
}

static void count_more(void *screen, int by)
{
    struct session *session = screen;

    set_hands(&session->ballot, *hands(&session->ballot) + by);
}

static void type_digit(void *screen, int digit)
{
    struct session *session = screen;
    struct ballot *ballot = &session->ballot;
    int before = *hands(ballot);

    if (!ballot->typing || before >= HANDS_DIGITS)
        before = 0;
    set_hands(ballot, before * 10 + digit);
    ballot->typing = true;
}

static void erase_digit(void *screen, int by)
{
    struct session *session = screen;

    (void)by;
    set_hands(&session->ballot, *hands(&session->ballot) / 10);
}

static void select_choice(void *screen, int choice)
{
    struct session *session = screen;
    struct ballot *ballot = &session->ballot;

    ballot->typing = false;
    if (choice >= 0 && choice < (int)ballot->vote.question->choice_count)
        ballot->selected = choice;
}

static void select_next(void *screen, int by)
{
    struct session *session = screen;

    select_choice(session, session->ballot.selected + by);
}

static void end_vote(void *screen, int counted)
{
    struct session *session = screen;

    struct diag diag;

    session->ballot.counted = counted;
    if (!vote_file_add(session->lesson, &session->ballot.vote, &diag))
        page_view_notice(&session->pages, diag.message);
}

static void vote_once_more(void *screen, int by)
{
    struct session *session = screen;
    struct ballot *ballot = &session->ballot;

    (void)by;
    if (vote_again(&ballot->vote))
        *ballot = (struct ballot){ .vote = ballot->vote };
}

/* On with what most of them think. */
static void accept_votes(void *screen, int by)
{
    struct session *session = screen;
    int winner = vote_winner(&session->ballot.vote);

    (void)by;
    votes_keep(&session->votes, &session->ballot.vote);
    session_page_leave(session,
                       winner < 0 ? DID_NOT_KNOW : DID_ANSWER + winner);
    session->ballot.vote.question = NULL;
}

static const struct key_binding count_keys[] = {
    { KEYS(TKEY_UP), ACT(select_next, -1),
      HELP(N_("choose whose hands to count")), .keys = "↑↓ a-e",
      FOOTER(N_("choice"), PAGE_VIEW_FOOTER, 0), .label = "↑↓" },
    { KEYS(TKEY_DOWN, TKEY_ENTER, TKEY_TAB), ACT(select_next, 1) },
    { KEYS('a'), .last = 'a' + LESSON_CHOICES_MAX - 1, ACT(select_choice, 0) },
    { KEYS('0'), .last = '9', ACT(type_digit, 0),
      HELP(N_("type a number of hands")), .keys = "0-9",
      FOOTER(N_("hands"), PAGE_VIEW_FOOTER, 0), .label = "0-9" },
    { KEYS(TKEY_BACKSPACE, TKEY_DELETE), ACT(erase_digit, 0),
      HELP(N_("erase a digit")) },
    { KEYS('+', '='), ACT(count_more, 1), HELP(N_("one hand more or less")),
      .keys = "+ -", FOOTER(N_("one more, less"), PAGE_VIEW_FOOTER, 0),
      .label = "+-" },
    { KEYS('-'), ACT(count_more, -1) },
    { KEYS('v'), ACT(end_vote, true), HELP(N_("end the vote")),
      FOOTER(N_("end the vote"), PAGE_VIEW_FOOTER, 0) },
    { KEYS_GO_ON(session_page_look_keys) },
};

static const struct key_binding first_keys[] = {
    { KEYS(TKEY_ENTER, ' ', TKEY_PAGE_DOWN, 'v'), ACT(vote_once_more, 0),
      HELP(N_("vote again")), FOOTER(N_("vote again"), PAGE_VIEW_FOOTER, 0) },
    { KEYS('r'), ACT(accept_votes, 0), HELP(N_("run it")),
      FOOTER(N_("run"), PAGE_VIEW_FOOTER, 0) },
    { KEYS_GO_ON(session_page_look_keys) },
};

static const struct key_binding second_keys[] = {
    { KEYS(TKEY_ENTER, ' ', TKEY_PAGE_DOWN, 'r'), ACT(accept_votes, 0),
      HELP(N_("run it")), FOOTER(N_("run"), PAGE_VIEW_FOOTER, 0) },
    { KEYS_GO_ON(session_page_look_keys) },
};

enum session_did session_vote(struct session *session)
{
    struct ballot *ballot = &session->ballot;
    struct session_page page;

    if (ballot->vote.question != session->request->screen) {
        *ballot = (struct ballot){ .counted = false };
        vote_init(&ballot->vote, session->request->screen);
    }
    session_page_begin(session, &page);
    write_page(session, &page);
    return session_page_ask(session, &page,
                            !ballot->counted     ? count_keys
                            : ballot->vote.round ? second_keys
                                                 : first_keys,
                            session->request->screen->kind == LESSON_PREDICT
                                ? SESSION_OWN
                                : SESSION_PICTURE);
}
