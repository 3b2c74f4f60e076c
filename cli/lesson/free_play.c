/*
 * free_play.c -- what to run, and how: a list of two kinds of choices.
 *
 * Left and right choose the workload, up and down what is done with it. A file
 * is read again before each run: somebody changes it in another window, and
 * only looks here at what becomes of it.
 */
#include "cli/lesson/free_play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/lesson/quiz_paint.h"
#include "cli/options/options.h"
#include "cli/page/page_text.h"
#include "cli/page/page_view.h"
#include "cli/page/prompt.h"
#include "cli/player/player.h"
#include "cli/run/run_plan.h"
#include "cli/run/runner.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/programs/programs.h"
#include "sched/run/executor_table.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_load.h"

enum {
    ITEM_COMPARE = MODE_COUNT, /* before it: watch it in that mode */
    ITEM_FILE,
    ITEM_EXERCISES,
    ITEMS,
    NAME_CELLS = 16,
    NOTICE_BYTES = 768 /* more than a notice shows */
};

/* Where the screen leads. */
enum {
    HERE,
    NAMING, /* the file */
    BACK,
    QUIT
};

struct free_play {
    struct page_view *pages;
    int usable; /* cores */
    int item;
    int program; /* of the table; as many as there are: the file */
    struct prompt prompt;
    char path[PROMPT_BYTES]; /* of the file, once one was named */
    int where;
};

static int programs(void)
{
    int count = 0;

    while (program_table[count].name)
        count++;
    return count;
}

static bool is_file(const struct free_play *play)
{
    return play->program == programs();
}

/* --- the workload --------------------------------------------------------- */

static void notice(struct free_play *play, const struct diag *diag)
{
    char text[NOTICE_BYTES];

    if (diag->line)
        snprintf(text, sizeof text, "%s:%d:%d: %s", diag->file, diag->line,
                 diag->column, diag->message);
    else
        snprintf(text, sizeof text, "%s%s%s", diag->file,
                 diag->file[0] ? ": " : "", diag->message);
    page_view_notice(play->pages, text);
}

/* "~/x" as a shell would read it. Standard input is the keyboard here: "-" is
 * a file like any other. */
static struct workload *open_file(const char *typed, struct diag *diag)
{
    const char *home = strncmp(typed, "~/", 2) == 0 ? getenv("HOME") : NULL;
    char path[2 * PROMPT_BYTES];

    if (home)
        snprintf(path, sizeof path, "%s%s", home, typed + 1);
    else
        snprintf(path, sizeof path, "%s%s", strcmp(typed, "-") == 0 ? "./" : "",
                 typed);
    return workload_load(path, diag);
}

/* What is chosen; NULL, and the person is told why. */
static struct workload *open_chosen(struct free_play *play)
{
    struct diag diag;
    struct workload *workload = is_file(play)
                                    ? open_file(play->path, &diag)
                                    : programs_open(
                                          program_table[play->program].name,
                                          &diag);

    if (!workload)
        notice(play, &diag);
    return workload;
}

/* Take the file that was typed, unless there is something wrong with it: then
 * the name can be mended. */
static void take_file(struct free_play *play)
{
    struct diag diag;
    struct workload *workload = open_file(play->prompt.text, &diag);

    if (!workload) {
        notice(play, &diag);
        return;
    }
    workload_free(workload);
    snprintf(play->path, sizeof play->path, "%s", play->prompt.text);
    play->program = programs();
    play->item = MODE_COROUTINE;
    play->where = HERE;
}

/* --- running -------------------------------------------------------------- */

/* The system may have refused the run. */
static void end(struct free_play *play, enum player_left left,
                struct runner *runner[2], const struct diag *diag)
{
    const struct diag *why;

    if (left == PLAYER_FAILED)
        notice(play, diag);
    if (left == PLAYER_GONE)
        play->where = QUIT;
    for (int i = 0; i < 2; i++) {
        if (left == PLAYER_GONE && runner[i] && runner_wait(runner[i], 0) &&
            runner_error(runner[i], &why)) {
            notice(play, why);
            play->where = HERE;
        }
        runner_free(runner[i]);
    }
}

static void watch(struct free_play *play, const struct workload *workload)
{
    const struct options *options = play->pages->options;
    bool pair = play->item == ITEM_COMPARE;
    struct runner *runner[2] = { NULL, NULL };
    struct run_plan plan[2];
    struct diag diag;

    if (pair ? !run_plan_pair(plan, workload, options, play->usable, &diag)
             : !run_plan_make(plan, executor_table[play->item], workload,
                              options, play->usable, &diag)) {
        notice(play, &diag);
        return;
    }
    run_plan_note_busy(&plan[0]);
    end(play,
        player_visit(&plan[0], pair ? &plan[1] : NULL, options, play->usable,
                     runner, &diag),
        runner, &diag);
}

/* --- the page ------------------------------------------------------------- */

static void put_workload(const struct free_play *play, struct page_text *text)
{
    char name[PROMPT_BYTES];

    page_text_row(text);
    page_text_putf(text, ROLE_TEXT, "%s  ", _("Workload:"));
    page_text_putf(text, ROLE_STRONG, "◀ %s ▶",
                   is_file(play) ? text_clean(name, sizeof name, play->path)
                                 : program_table[play->program].name);
    if (!is_file(play))
        page_text_putf(text, ROLE_TEXT, "  %s",
                       _(program_table[play->program].title));
    page_text_row(text);
}

static void put_item(const struct free_play *play, struct page_text *text,
                     int item, const char *name, const char *meaning)
{
    bool selected = play->item == item;

    page_text_row(text);
    page_text_putf(text, selected ? ROLE_SELECTED : ROLE_STRONG, "%s %s",
                   selected ? ">" : " ", name);
    page_text_tab(text, NAME_CELLS);
    page_text_put(text, ROLE_TEXT, meaning);
}

static void write_page(const struct free_play *play, struct page_text *text)
{
    const int *modes = play->pages->options->modes;

    put_workload(play, text);
    for (int i = 0; i < MODE_COUNT; i++)
        put_item(play, text, i, mode_table[i].name, _(mode_table[i].title));
    page_text_row(text);
    put_item(play, text, ITEM_COMPARE, _("compare"), "");
    page_text_putf(text, ROLE_TEXT, _("two modes on one clock: %s, %s"),
                   mode_table[modes[0]].name, mode_table[modes[1]].name);
    put_item(play, text, ITEM_FILE, _("my file"),
             _("a workload of your own, named by its path"));
    put_item(play, text, ITEM_EXERCISES, _("exercises"),
             _("paint a timeline: exercises without end"));
    page_text_row(text);
    page_text_row(text);
    page_text_put(text, ROLE_DIM,
                  _("Also: concviz what-if, explore, doctor, bench; all of it: "
                    "concviz --help"));
}

/* --- keys ----------------------------------------------------------------- */

static void move(void *screen, int by)
{
    struct free_play *play = screen;

    play->item = (play->item + by + ITEMS) % ITEMS;
}

/* The file is one of them as soon as there is one. */
static void turn_workload(void *screen, int by)
{
    struct free_play *play = screen;
    int count = programs() + (play->path[0] != '\0');

    play->program = (play->program + by + count) % count;
}

static void go(void *screen, int by)
{
    struct free_play *play = screen;
    struct workload *workload;

    (void)by;
    if (play->item == ITEM_FILE) {
        play->where = NAMING;
    } else if (play->item == ITEM_EXERCISES) {
        if (!quiz_paint(play->pages, NULL, 0))
            play->where = QUIT;
    } else if ((workload = open_chosen(play))) {
        watch(play, workload);
        workload_free(workload);
    }
}

static void name_file(void *screen, int by)
{
    struct free_play *play = screen;

    (void)by;
    play->item = ITEM_FILE;
    play->where = NAMING;
}

static void leave(void *screen, int where)
{
    struct free_play *play = screen;

    play->where = where;
}

static const struct key_binding keys[] = {
    { KEYS(TKEY_UP, 'k'), ACT(move, -1), HELP(N_("choose")), .keys = "↑↓ j k",
      FOOTER(N_("choose"), PAGE_VIEW_FOOTER, 0), .label = "↑↓" },
    { KEYS(TKEY_DOWN, 'j'), ACT(move, 1) },
    { KEYS(TKEY_RIGHT, 'l'), ACT(turn_workload, 1),
      HELP(N_("another workload")), .keys = "←→ h l",
      FOOTER(N_("workload"), PAGE_VIEW_FOOTER, 0), .label = "←→" },
    { KEYS(TKEY_LEFT, 'h'), ACT(turn_workload, -1) },
    { KEYS(TKEY_ENTER, ' '), ACT(go, 0), HELP(N_("run it")),
      FOOTER(N_("run it"), PAGE_VIEW_FOOTER, 0) },
    { KEYS('f'), ACT(name_file, 0), HELP(N_("name a file of your own")),
      FOOTER(N_("my file"), PAGE_VIEW_FOOTER, 0) },
    { KEYS(TKEY_ESCAPE, 'q', 'm'), ACT(leave, BACK),
      HELP(N_("back to the menu")),
      FOOTER(N_("menu"), PAGE_VIEW_FOOTER, PAGE_VIEW_RANK_QUIT) },
    { KEYS_GO_ON(page_view_keys) },
};

static void ask(struct free_play *play)
{
    struct page page = {
        .name = "concviz",
        .title = _("free play: run, compare, your own"),
    };
    struct page_text text;

    page_text_init(&text);
    write_page(play, &text);
    page.text = page_text_rows(&text);
    if (play->where == HERE)
        page_view_ask(play->pages, &page, keys, PAGE_VIEW_FOOTER, play);
    else if (page_view_read(play->pages, &page, &play->prompt))
        take_file(play);
    else
        play->where = HERE;
    page_text_fini(&text);
}

bool free_play(struct page_view *pages, int usable)
{
    struct free_play play = {
        .pages = pages,
        .usable = usable,
        .item = MODE_COROUTINE,
        .prompt = { .label = _("File"), .enter = _("open") },
    };

    while (play.where == HERE || play.where == NAMING)
        ask(&play);
    return play.where == BACK;
}
