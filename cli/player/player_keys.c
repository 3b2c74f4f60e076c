/*
 * player_keys.c -- what keys do to the live screen.
 *
 * Nearly all keys change only what is seen. Three things reach the run, through
 * its gate: leaving, asking for another run, and a pick.
 */
#include "cli/player/player_keys.h"

#include "cli/options/theme.h"
#include "cli/player/playback.h"
#include "cli/player/player_find.h"
#include "cli/player/player_keep.h"
#include "cli/player/player_measure.h"
#include "cli/player/player_notice.h"
#include "cli/player/player_panes.h"
#include "cli/player/player_pick.h"
#include "cli/player/player_run.h"
#include "cli/player/player_time.h"
#include "cli/player/player_want.h"
#include "cli/run/runner.h"
#include "render/output/terminal.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    LABEL_CELLS = 8, /* about what stands left of the columns of time */
    SCROLL_MOST = 60 /* rows; no panel has more to hide */
};

static const int64_t turned_ns = 4 * NS_PER_S; /* how long a notice stays */
static const int64_t scale_least_ns = 10 * NS_PER_US;

/* --- what is looked at ---------------------------------------------------- */

/* Zoom around the instant that is shown; all the way out is the whole run. */
static void zoom(void *screen, int direction)
{
    struct player_controls *controls = screen;
    struct view *view = controls->view;
    int64_t scale = view_visible_ns(view);

    scale = direction > 0 ? scale / 2 : scale * 2;
    if (scale < scale_least_ns)
        return;
    view->scale_ns = scale < view->total_ns ? scale : 0;
    view->left_ns = controls->playback->t_ns - view->scale_ns / 2;
    if (view->left_ns < 0)
        view->left_ns = 0;
}

void player_keys_put_line(struct player_controls *controls, int64_t t_ns)
{
    int64_t now_ns = controls->playback->t_ns;

    controls->view->cursor_ns = t_ns < 0 ? 0 : t_ns > now_ns ? now_ns : t_ns;
}

/* Move it by about a column; direction 0 hides it. A line that is hidden
 * appears at the instant shown. */
static void move_line(void *screen, int direction)
{
    struct player_controls *controls = screen;
    struct view *view = controls->view;
    int columns = controls->columns > 2 * LABEL_CELLS
                      ? controls->columns - LABEL_CELLS
                      : LABEL_CELLS;

    if (view->cursor_ns < 0)
        player_keys_put_line(controls, controls->playback->t_ns);
    else if (direction)
        player_keys_put_line(controls,
                             view->cursor_ns +
                                 direction * (view_visible_ns(view) / columns));
    else
        view->cursor_ns = -1;
}

/* PANEL_NONE closes any. */
static void toggle_panel(void *screen, int panel)
{
    struct view *view = ((struct player_controls *)screen)->view;

    if (panel == PANEL_SCORE && !view->score)
        return;
    view->panel = view->panel == (enum panel)panel ? PANEL_NONE
                                                   : (enum panel)panel;
    view->panel_scroll = 0;
}

/* The first task that waits for something; task 0 if there is none. */
static int first_waiting(const struct player_controls *controls)
{
    const struct workload *workload = controls->run->plan->workload;

    for (size_t i = 0; i < workload->task_count; i++) {
        enum task_state state = history_at(controls->run->history, (int)i,
                                           controls->playback->t_ns)
                                    .state;

        if (state != STATE_RUNNING && state != STATE_DONE &&
            state != STATE_ABSENT)
            return (int)i;
    }
    return 0;
}

static void ask_why(void *screen, int panel)
{
    struct player_controls *controls = screen;

    toggle_panel(screen, panel);
    if (controls->view->selected < 0)
        controls->view->selected = first_waiting(controls);
}

/* The program, the output, the picture. */
static void show_next(void *screen, int unused)
{
    (void)unused;
    player_panes_next(screen);
}

/* Select the person above or below; scroll a panel that is open instead. */
static void go_vertically(void *screen, int direction)
{
    struct player_controls *controls = screen;
    struct view *view = controls->view;
    int last = (int)controls->run->plan->workload->task_count - 1;

    if (view->panel == PANEL_HELP || view->panel == PANEL_NUMBERS) {
        view->panel_scroll += direction;
        if (view->panel_scroll < 0 || view->panel_scroll > SCROLL_MOST)
            view->panel_scroll -= direction;
        return;
    }
    if (player_panes_scroll(controls, direction))
        return;
    view->unfolded = true;
    view->selected += direction;
    if (view->selected < 0)
        view->selected = view->selected < -1 ? last : 0;
    if (view->selected > last)
        view->selected = last;
}

/* How the picture is drawn. */
enum look {
    LOOK_ROWS,
    LOOK_FOLD,
    LOOK_BIG,
    LOOK_THEME,
    LOOK_REPAINT
};

static void change_look(void *screen, int look)
{
    struct view *view = ((struct player_controls *)screen)->view;

    switch ((enum look)look) {
    case LOOK_ROWS:
        view->by_machine = !view->by_machine;
        break;
    case LOOK_FOLD:
        view->unfolded = !view->unfolded;
        break;
    case LOOK_BIG:
        view->large = !view->large;
        break;
    case LOOK_THEME:
        theme_next();
        break;
    case LOOK_REPAINT:
        terminal_repaint();
        break;
    }
}

/* --- the run -------------------------------------------------------------- */

static void want_mode(void *screen, int direction)
{
    struct player_controls *controls = screen;

    player_want_mode(controls->run, direction);
}

static void want_comparison(void *screen, int unused)
{
    struct player_controls *controls = screen;

    (void)unused;
    player_want_comparison(controls->run);
}

static void want_again(void *screen, int unused)
{
    struct player_controls *controls = screen;

    (void)unused;
    if (!controls->guest || !controls->guest->runner) /* else: to look at */
        player_want_again(controls->run);
}

/* What was kept has taken place: there is nothing to change. */
static void refuse_kept(void *screen, int unused)
{
    struct player_controls *controls = screen;

    const struct trace *trace = runner_trace(controls->run->runner);

    (void)unused;
    player_notice_set(controls->notice,
                      trace_info(trace)->program
                          ? _("another program is only watched: leave, and "
                              "start it again in another way")
                          : _("this run was kept and is only shown: to run it "
                              "again, concviz MODE WORKLOAD"),
                      turned_ns);
}

/* One of two that were kept, or both again. */
static void part(void *screen, int unused)
{
    struct player_controls *controls = screen;

    (void)unused;
    if (player_run_part(controls->run))
        playback_seek(controls->playback, controls->playback->t_ns,
                      controls->run->edge_ns);
    else
        player_notice_set(controls->notice,
                          _("to compare it with another one: concviz replay "
                            "FILE FILE"),
                          turned_ns);
}

static void find(void *screen, int direction)
{
    struct player_controls *controls = screen;

    if (direction)
        player_find_again(controls, direction);
    else
        player_find_open(controls->find);
}

static void mark(void *screen, int unused)
{
    (void)unused;
    player_measure_mark(screen);
}

static void turn(void *screen, int knob)
{
    struct player_controls *controls = screen;
    char text[sizeof controls->notice->text];

    if (player_want_turned(controls->run, (enum player_knob)knob, text,
                           sizeof text))
        player_notice_set(controls->notice, text, turned_ns);
}

static void pick(void *screen, int index)
{
    struct player_controls *controls = screen;

    player_pick_answer(controls->pick, runner_gate(controls->run->runner),
                       (size_t)index);
}

/* --- leaving -------------------------------------------------------------- */

/* Leave, but not while a panel is open: quitting closes that first. */
static void leave(void *screen, int left)
{
    struct player_controls *controls = screen;

    if (controls->view->panel == PANEL_NONE)
        controls->left = (enum player_left)left;
    else if (left == PLAYER_QUIT)
        controls->view->panel = PANEL_NONE;
}

/* To a menu, with Esc as well: there q does not quit the program. */
static void leave_visit(void *screen, int unused)
{
    (void)unused;
    leave(screen, PLAYER_QUIT);
}

/* In a lesson a run is seen to its end before the next page. */
static void guest_enter(void *screen, int left)
{
    struct player_controls *controls = screen;

    if (controls->view->panel != PANEL_NONE)
        player_time_hold(screen, false);
    else if (history_ended(controls->run->history) &&
             controls->playback->t_ns >= controls->run->edge_ns)
        leave(screen, left);
    else
        player_time_end(controls, 1);
}

/* --- the tables ----------------------------------------------------------- */

/* When a row is in the footer. */
enum {
    MOVING = 1,
    PAUSED = 2,
    ENDED = 4,
    IN_PANEL = 8,
    ON_SCREEN = MOVING | PAUSED | ENDED
};

/* Help text in this order; the footer has its own: the last number. */
const struct key_binding player_keys[] = {
    { KEYS(' '), ACT(player_time_hold, true), HELP(N_("pause, go on")),
      FOOTER(N_("pause"), MOVING, 1) },
    { FOOTER(N_("go on"), PAUSED, 1), .label = "Space" },
    { FOOTER(N_("replay"), ENDED, 1), .label = "Space" },
    { KEYS(TKEY_ENTER), ACT(player_time_hold, false), HELP(N_("go on")) },
    { KEYS(TKEY_RIGHT, 'l', '.', TKEY_PAGE_DOWN), ACT(player_time_step, 1),
      HELP(N_("one event forward, and pause")),
      FOOTER(N_("step"), ON_SCREEN, 2), .label = "←→" },
    { KEYS(TKEY_LEFT, 'h', ',', TKEY_PAGE_UP), ACT(player_time_step, -1),
      HELP(N_("one event back, and pause")) },
    { KEYS(')'), ACT(player_time_scrub, 1),
      HELP(N_("a stretch of time forward")) },
    { KEYS('('), ACT(player_time_scrub, -1),
      HELP(N_("a stretch of time back")) },
    { KEYS('v'), ACT(move_line, 0),
      HELP(N_("show or hide the vertical line that counts")),
      FOOTER(N_("count"), PAUSED | ENDED, 6) },
    { KEYS(TKEY_SHIFT_RIGHT), ACT(move_line, 1),
      HELP(N_("move the vertical line to the right")) },
    { KEYS(TKEY_SHIFT_LEFT), ACT(move_line, -1),
      HELP(N_("move the vertical line to the left")) },
    { KEYS('a'), ACT(mark, 0),
      HELP(N_("mark: twice for how long, once more for none")) },
    { KEYS('/'), ACT(find, 0), HELP(N_("find a person, or a state")),
      FOOTER(N_("find"), ENDED, 6) },
    { KEYS(';'), ACT(find, 1), HELP(N_("find the next one")) },
    { KEYS(':'), ACT(find, -1), HELP(N_("find the one before")) },
    { KEYS('g', TKEY_HOME), ACT(player_time_end, -1), HELP(N_("to the start")),
      FOOTER(N_("start"), ENDED, 3) },
    { KEYS('G', TKEY_END), ACT(player_time_end, 1),
      HELP(N_("to the end, or to the live edge")) },
    { KEYS('+', '=', '>'), ACT(player_time_speed, 1), HELP(N_("faster")),
      FOOTER(N_("speed"), MOVING | PAUSED, 3), .label = "+-" },
    { KEYS('-', '<', '_'), ACT(player_time_speed, -1), HELP(N_("slower")),
      .keys = "- <" },
    { KEYS('0'), ACT(player_time_speed, 0), HELP(N_("real speed")) },
    { KEYS(']'), ACT(zoom, 1), HELP(N_("zoom in")),
      FOOTER(N_("zoom"), ENDED, 4), .label = "[]" },
    { KEYS('['), ACT(zoom, -1), HELP(N_("zoom out")) },
    { KEYS(TKEY_UP, 'k'), ACT(go_vertically, -1),
      HELP(N_("the person above; scroll up")),
      FOOTER(N_("scroll"), IN_PANEL, 2), .label = "↑↓" },
    { KEYS(TKEY_DOWN, 'j'), ACT(go_vertically, 1),
      HELP(N_("the person below; scroll down")) },
    { KEYS(TKEY_TAB), ACT(want_mode, 1),
      HELP(N_("run it again in the next mode")),
      FOOTER(N_("mode"), ON_SCREEN, 5) },
    { KEYS(TKEY_BACKTAB), ACT(want_mode, -1),
      HELP(N_("run it again in the previous mode")) },
    { KEYS('c'), ACT(want_comparison, 0),
      HELP(N_("compare with another mode, or back")),
      FOOTER(N_("compare"), ENDED, 6) },
    { KEYS('r'), ACT(want_again, 0), HELP(N_("run it again")),
      FOOTER(N_("again"), ENDED, 6) },
    { KEYS('e'), ACT(player_keep, 0),
      HELP(N_("keep this run in a file of its own")) },
    { KEYS('m'), ACT(change_look, LOOK_ROWS),
      HELP(N_("show rows by machine or by person")) },
    { KEYS('z'), ACT(change_look, LOOK_FOLD),
      HELP(N_("show many people in groups or one by one")) },
    { KEYS('i'), ACT(show_next, 0),
      HELP(N_("the program and its values, its output, the picture")),
      FOOTER(N_("program"), ON_SCREEN, 4) },
    { KEYS('w'), ACT(ask_why, PANEL_WHY), HELP(N_("why is this one waiting?")),
      FOOTER(N_("why"), PAUSED | ENDED, 7) },
    { KEYS('n'), ACT(toggle_panel, PANEL_NUMBERS),
      HELP(N_("the numbers and what they mean")),
      FOOTER(N_("numbers"), ENDED, 8) },
    { KEYS('t'), ACT(change_look, LOOK_THEME),
      HELP(N_("dark, light, or no colours")) },
    { KEYS('b'), ACT(change_look, LOOK_BIG), HELP(N_("big letters")) },
    { KEYS('L' - '@'), ACT(change_look, LOOK_REPAINT),
      HELP(N_("redraw the whole screen")) },
    { KEYS('}'), ACT(turn, KNOB_MORE),
      HELP(N_("run it again with one more machine")) },
    { KEYS('{'), ACT(turn, KNOB_FEWER),
      HELP(N_("run it again with one fewer machine")) },
    { KEYS('x'), ACT(turn, KNOB_SLICE),
      HELP(N_("run it again with another time slice")) },
    { KEYS('p'), ACT(turn, KNOB_POLICY),
      HELP(N_("run it again with another policy")) },
    { KEYS('o'), ACT(turn, KNOB_LINES),
      HELP(N_("run it again with shared or separate lines")) },
    { KEYS('s'), ACT(toggle_panel, PANEL_SCORE),
      HELP(N_("the score (after --policy pick)")) },
    { KEYS('1'), .last = '9', ACT(pick, 0),
      HELP(N_("who is next (with --policy pick)")), .keys = "1-9" },
    { KEYS(TKEY_ESCAPE), ACT(toggle_panel, PANEL_NONE), HELP(N_("close this")),
      FOOTER(N_("close"), IN_PANEL, 9), .label = "Esc q" },
    { KEYS('?'), ACT(toggle_panel, PANEL_HELP), HELP(N_("this help")),
      FOOTER(N_("help"), ON_SCREEN, 10) },
    { KEYS('q'), ACT(leave, PLAYER_QUIT), HELP(N_("quit")), .keys = "q Ctrl-C",
      FOOTER(N_("quit"), ON_SCREEN, 11) },
    { KEYS_END },
};

const struct key_binding player_keys_guest[] = {
    { KEYS(TKEY_ENTER), ACT(guest_enter, PLAYER_ON),
      HELP(N_("to the end; from there, on")),
      FOOTER(N_("to the end"), MOVING | PAUSED, 0) },
    { FOOTER(N_("go on"), ENDED, 0), .label = "Enter" },
    { KEYS(TKEY_BACKSPACE), ACT(leave, PLAYER_BACK), HELP(N_("go back")) },
    { KEYS(TKEY_TAB, TKEY_BACKTAB, 'c') }, /* the mode stays, */
    { KEYS('x', 'p', 'o', '{', '}') },     /* and so do the settings; */
    { KEYS('s') },                         /* nobody is asked who is next */
    { KEYS('1'), .last = '9' },
    { KEYS_GO_ON(player_keys) },
};

const struct key_binding player_keys_visit[] = {
    { KEYS('q', TKEY_ESCAPE), ACT(leave_visit, 0),
      HELP(N_("close this; go back")), FOOTER(N_("back"), ON_SCREEN, 11) },
    { FOOTER(N_("close"), IN_PANEL, 9), .label = "Esc q" },
    { KEYS_GO_ON(player_keys) },
};

const struct key_binding player_keys_kept[] = {
    { KEYS('r'), ACT(player_time_again, 0), HELP(N_("from the start again")),
      FOOTER(N_("again"), ENDED, 6) },
    { KEYS('c'), ACT(part, 0),
      HELP(N_("one of two that are compared, or both")),
      FOOTER(N_("compare"), ENDED, 6) },
    { KEYS(TKEY_TAB, TKEY_BACKTAB), ACT(refuse_kept, 0) },
    { KEYS('{', '}', 'x', 'p', 'o'), ACT(refuse_kept, 0) },
    { KEYS('1'), .last = '9' }, /* whom to pick has been decided */
    { KEYS_GO_ON(player_keys) },
};

/* --- pressing ------------------------------------------------------------- */

bool player_keys_press(struct player_controls *controls, uint32_t key)
{
    return page_keys_press(controls->keys, controls, key);
}

bool player_keys_click(struct player_controls *controls, const char *label)
{
    const struct key_binding *row = page_keys_labelled(controls->keys, label);

    return row && player_keys_press(controls, row->key[0]);
}

static unsigned state_of(const struct view *view)
{
    if (view->panel != PANEL_NONE)
        return IN_PANEL;
    switch (view->play) {
    case PLAY_PAUSED:
        return PAUSED;
    case PLAY_ENDED:
        return ENDED;
    default:
        return MOVING;
    }
}

void player_keys_footer(struct strbuf *out, const struct view *view,
                        const struct key_binding *keys)
{
    page_keys_footer(out, keys, state_of(view), view->glyphs == GLYPHS_ASCII);
}
