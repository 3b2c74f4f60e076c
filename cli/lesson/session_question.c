/*
 * session_question.c -- a question, and the verdict on its answer.
 *
 * A prediction comes with what will run, an observation and every verdict
 * with the picture of the run: the answer is to be found in it, not believed.
 */
#include <stdio.h>
#include <string.h>

#include "cli/lesson/session_internal.h"
#include "cli/options/options.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

enum {
    CHIP_CELLS = 5,   /* " 1   " before a choice */
    FRAME_ROWS = 4,   /* of a page with a box: title, borders, footer */
    PICTURE_ROWS = 7, /* a picture of fewer says nothing */
    TITLE_BYTES = 128
};

/* --- asking --------------------------------------------------------------- */

static void add_choice(struct page_text *text, const char *key,
                       const char *choice, bool chosen, int cells)
{
    page_text_row(text);
    page_text_putf(text, chosen ? ROLE_SELECTED : ROLE_KEY, " %s ", key);
    page_text_tab(text, CHIP_CELLS);
    page_text_wrap(text, chosen ? ROLE_STRONG : ROLE_TEXT, cells, choice);
}

static void write_question(struct page_text *text,
                           const struct lesson_request *request, int cells)
{
    const struct lesson_screen *screen = request->screen;
    char key[24];

    page_text_wrap(text, ROLE_STRONG, cells, request->text);
    for (size_t i = 0; i < screen->choice_count; i++) {
        snprintf(key, sizeof key, "%zu", i + 1);
        add_choice(text, key, screen->choice[i].text, request->choice == (int)i,
                   cells);
    }
    add_choice(text, "0", _("I don't know"), request->choice == CHOICE_UNKNOWN,
               cells);
    session_page_legend(text, request->text);
}

enum session_did session_question(struct session *session)
{
    const struct lesson_screen *screen = session->request->screen;
    bool predict = screen->kind == LESSON_PREDICT;
    struct session_page page;
    char digits[8];
    const struct key_binding keys[] = {
        { KEYS('1'), .last = '0' + (uint32_t)screen->choice_count,
          ACT(session_page_leave, DID_ANSWER), HELP(N_("answer")),
          .keys = digits, FOOTER(N_("answer"), PAGE_VIEW_FOOTER, 0),
          .label = digits },
        { KEYS('0', 'd'), ACT(session_page_leave, DID_NOT_KNOW),
          HELP(N_("I don't know")),
          FOOTER(N_("I don't know"), PAGE_VIEW_FOOTER, 0) },
        { KEYS_GO_ON(session_page_look_keys) },
    };

    snprintf(digits, sizeof digits, "1-%d", (int)screen->choice_count);
    session_page_begin(session, &page);
    write_question(&page.box, session->request,
                   page_view_cells(&session->pages));
    if (predict) {
        page.page.box_title = _(
            "PREDICT for the ideal machine, before you look");
        session_page_announce(session, &page, screen->run);
        if ((int)(page.text.count + page.box.count) + FRAME_ROWS >
            session->pages.height)
            page_text_clear(&page.text); /* the question is what matters */
        session_page_note(session, &page);
    } else {
        page.page.box_title = _("OBSERVE: what was there to see?");
        page.page.keep_picture = true;
        session_page_note(session, &page);
        session_page_picture(session, &page);
    }
    return session_page_ask(session, &page, keys,
                            predict ? SESSION_OWN : SESSION_PICTURE);
}

/* --- the verdict ---------------------------------------------------------- */

static void add_answer(struct page_text *text,
                       const struct lesson_choice *choice, char key,
                       enum role role, const char *label, int cells)
{
    page_text_row(text);
    page_text_putf(text, ROLE_KEY, " %c ", key);
    page_text_tab(text, CHIP_CELLS);
    page_text_putf(text, role, "%s ", label);
    page_text_wrap(text, ROLE_STRONG, cells, choice->text);
    page_text_row(text);
    page_text_tab(text, CHIP_CELLS);
    page_text_wrap(text, ROLE_TEXT, cells, choice->why);
}

/* A class votes with letters, and whoever raised a hand hears why. */
static void add_votes(const struct session *session, struct page_text *text,
                      int cells)
{
    const struct lesson_request *request = session->request;
    const struct lesson_screen *screen = request->screen;
    const struct vote *vote = votes_find(&session->votes, screen);
    int round = vote ? vote_counted(vote) : -1;
    char label[32];

    for (int i = 0; i < (int)screen->choice_count; i++) {
        bool right = i == request->right;
        int length = snprintf(label, sizeof label, right ? "✓" : "✗");

        if (round >= 0 && vote->hands[round][i] == 0 && !right)
            continue;
        if (round >= 0)
            snprintf(label + length, sizeof label - (size_t)length, " %d %%",
                     vote_percent(vote, round, i));
        add_answer(text, &screen->choice[i], (char)('A' + i),
                   right ? ROLE_GOOD : ROLE_BAD, label, cells);
    }
}

static void add_answers(const struct session *session, struct page_text *text,
                        int cells)
{
    const struct lesson_request *request = session->request;
    const struct lesson_choice *choice = request->screen->choice;
    bool right = request->choice == request->right;

    if (request->choice >= 0)
        add_answer(text, &choice[request->choice],
                   (char)('1' + request->choice), right ? ROLE_GOOD : ROLE_BAD,
                   right ? "✓" : "✗", cells);
    if (!right && request->right >= 0)
        add_answer(text, &choice[request->right], (char)('1' + request->right),
                   ROLE_GOOD, "✓", cells);
}

/* Fill title with what became of the answer, or of the votes. */
static void write_title(const struct session *session, char *title, size_t size)
{
    const struct lesson_request *request = session->request;
    const struct vote *vote = votes_find(&session->votes, request->screen);
    int round = vote ? vote_counted(vote) : -1;

    if (round >= 0) {
        int all = vote_total(vote, round);
        int right = vote->hands[round][request->right];

        snprintf(title, size,
                 2 * right > all ? _("✓ MOST OF YOU WERE RIGHT: %d of %d")
                                 : _("✗ NOT SO: %d of %d were right"),
                 right, all);
        return;
    }
    snprintf(title, size, "%s",
             request->choice == request->right   ? _("✓ RIGHT")
             : request->choice == CHOICE_UNKNOWN ? _("HERE IS THE ANSWER")
                                                 : _("✗ NOT SO"));
}

static void write_measured(const struct session *session,
                           struct page_text *text, int cells)
{
    const struct lesson_request *request = session->request;
    struct strbuf words;

    strbuf_init(&words);
    strbuf_addf(&words,
                request->modelled ? _("In the model: %s") : _("Measured: %s"),
                request->measured);
    page_text_row(text);
    page_text_wrap(text, ROLE_STRONG, cells, words.text);
    strbuf_fini(&words);
}

static void write_verdict(const struct session *session, struct page_text *text,
                          bool question)
{
    const struct lesson_request *request = session->request;
    int cells = page_view_cells(&session->pages);

    if (question)
        page_text_wrap(text, ROLE_DIM, cells, request->text);
    if (session->options->class_mode)
        add_votes(session, text, cells);
    else
        add_answers(session, text, cells);
    if (request->measured[0] && !strchr(request->measured, '\n'))
        write_measured(session, text, cells);
}

enum session_did session_question_verdict(struct session *session)
{
    struct session_page page;
    char title[TITLE_BYTES];
    enum session_did did;

    session_page_begin(session, &page);
    if (session->view.cursor_ns < 0)
        session->view.cursor_ns = session->request->instant_ns;
    write_verdict(session, &page.box, true);
    if ((int)page.box.count + FRAME_ROWS + PICTURE_ROWS >
        session->pages.height) {
        page_text_clear(&page.box);
        write_verdict(session, &page.box, false);
    }
    write_title(session, title, sizeof title);
    page.page.box_title = title;
    page.page.keep_picture = true;
    session_page_picture(session, &page);
    did = session_page_ask(session, &page, session_page_look_keys,
                           SESSION_READ | SESSION_PICTURE);
    if (did != DID_NOTHING && did != DID_REPLAY && did != DID_MODEL)
        session->view.cursor_ns = -1; /* the next one has its own instant */
    return did;
}
