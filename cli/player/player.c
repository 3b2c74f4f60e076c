/*
 * player.c -- the only place where the run and its picture meet.
 *
 * The runner's thread writes the trace; this loop reads what is new, moves the
 * picture, draws, shows it, and sleeps until a key, the end of the run, or the
 * next frame. It holds no lock that the run needs: a terminal that is stuck
 * stalls the picture and not the run.
 *
 * Three parts know nothing of each other's insides: what runs (player_run),
 * what is seen (player_frame) and what is pressed (player_keys). While the
 * picture stands still there is no next frame, and the loop sleeps until
 * something happens.
 */
#include "cli/player/player.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/options/options.h"
#include "cli/options/theme.h"
#include "cli/page/page_view.h"
#include "cli/player/player_input.h"
#include "cli/player/player_internal.h"
#include "cli/player/player_panes.h"
#include "cli/run/kept_runs.h"
#include "cli/run/runner.h"
#include "render/output/terminal.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/ready.h"
#include "sched/history/history.h"
#include "sched/run/gate.h"
#include "sched/tape/tape_record.h"
#include "sched/tape/tape_writer.h"

/* How long the loop sleeps until the first event of a real run, which tells
 * when the run began. */
static const int64_t first_sign_ns = 1 * NS_PER_MS;
static const int64_t frame_ns = NS_PER_S / 30;
static const int64_t pause_gap_ns = 250 * NS_PER_MS;

/* How long it sleeps while others write what is shown, or the terminal has not
 * read the last frame, and it stands still. */
static const int64_t look_ns = 250 * NS_PER_MS;

static volatile sig_atomic_t continued; /* after Ctrl-Z and fg */

static void on_continue(int number)
{
    (void)number;
    continued = 1;
}

/* The run goes on where its recording cannot. Said once. */
static void say_cut_short(struct player *player)
{
    int error = tape_record_error(player->record);
    char text[160];

    if (error == 0)
        return;
    player->record = NULL;
    snprintf(text, sizeof text,
             _("the recording ends here: %s. The run goes on"),
             tape_writer_why(error));
    player_notify(player, text, 0);
}

/* --- the run as it goes on ------------------------------------------------ */

/* Read what is new. */
static void follow_run(struct player *player, int64_t now_ns)
{
    struct player_run *run = &player->run;
    const struct history *before = run->history;
    bool more, ended;

    if (player_run_is_over(run))
        return;
    more = player_run_read(run, now_ns, player->pick.count > 0);
    if (run->history != before)
        player_diagnose_forget(&player->diagnose);
    ended = player_run_is_over(run);
    player_say_cut(player);
    if (ended || (more && !player->playback.paused))
        player->dirty = true;
    player_frame_fit(&player->frame, run->edge_ns, ended);
    if (player_pace_adjust(&player->pace, &player->playback, run->edge_ns,
                           ended, &player->notice))
        player->dirty = true;
}

/* With its place, as far as one is known; there is no room for folders. */
static void notify_failure(struct player *player, const struct diag *why)
{
    char text[sizeof why->file + sizeof why->message + 16];
    const char *slash = strrchr(why->file, '/');

    if (why->line > 0)
        snprintf(text, sizeof text, "%s:%d: %s", slash ? slash + 1 : why->file,
                 why->line, why->message);
    else
        snprintf(text, sizeof text, "%s", why->message);
    player_notify(player, text, PLAYER_NOTE_NS);
}

/* A run that the system refused: the first one ends the screen, so that the
 * reason stands on the terminal; another one only leaves a notice. */
static void notice_refusal(struct player *player)
{
    const struct diag *why = player_run_refusal(&player->run), *unused;

    if (!why)
        return;
    if (runner_error(player->run.runner, &unused) == -EDOM)
        notify_failure(player, why); /* what has been is shown */
    else if (player->run.count > 1)
        player_notify(player, why->message, 0);
    else
        player->controls.left = PLAYER_GONE;
}

/* --policy pick: the run's clock stands still while somebody is asked. */
static void ask(struct player *player)
{
    const struct player_run *run = &player->run;

    if (run->plan->run.policy != POLICY_PICK ||
        !player_pick_ask(&player->pick, runner_gate(run->runner),
                         run->plan->workload, &player->notice))
        return;
    player_run_restart_clock(&player->run);
    player->dirty = true;
}

static void show_score(struct player *player)
{
    const struct player_run *run = &player->run;

    if (run->next.made || player->playback.t_ns < run->edge_ns ||
        !player_pick_score(&player->pick, run->history, run->plan))
        return;
    player->frame.view.panel = PANEL_SCORE;
    player->dirty = true;
}

/* --- the loop ------------------------------------------------------------- */

/* Will the next frame look different? */
static bool is_moving(const struct player *player)
{
    const struct player_run *run = &player->run;
    bool ended = player_run_ended(run);

    if (run->next.made || (run->plan->run.policy == POLICY_PICK && !ended))
        return true;
    return !player->playback.paused &&
           !(ended && player->playback.t_ns >= run->edge_ns);
}

/* Nanoseconds until the loop must look again; negative: until a key or the
 * end of the run. */
static int64_t sleep_ns(const struct player *player, int64_t now_ns)
{
    const struct player_run *run = &player->run;
    int64_t left = TIME_NEVER;

    if (is_moving(player))
        left = run->began_ns == TIME_NEVER && !run->plan->run.model &&
                       !player_run_ended(run)
                   ? first_sign_ns
                   : player->next_frame_ns - now_ns;
    if (player->notice.text[0] && player->notice.until_ns - now_ns < left)
        left = player->notice.until_ns - now_ns;
    if (run->kept && !player_run_ended(run) && left > look_ns)
        left = look_ns;
    if (player->dirty && left > look_ns) /* the terminal is slow */
        left = look_ns;
    if (left > NS_PER_S * 3600)
        return -1;
    return left > 0 ? left : 0;
}

/* Sleep until something happens. Returns false if the terminal is gone. */
static bool wait_for_something(struct player *player)
{
    const struct player_run *run = &player->run;
    bool ended = player_run_is_over(run) && !run->next.made;
    struct pollfd source[] = {
        { .fd = terminal_fd(), .events = POLLIN },
        { .fd = ended ? -1 : runner_fd(run->runner), .events = POLLIN },
    };
    int64_t left = sleep_ns(player, clock_now_ns());
    struct timespec timeout = { .tv_sec = (time_t)(left / NS_PER_S),
                                .tv_nsec = (long)(left % NS_PER_S) };

    if (ready_wait(source, 2, left < 0 ? NULL : &timeout, &player->awake) < 0)
        return true; /* a signal: keys will say which */
    return !(source[0].revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* Move the picture on. Time in which the whole process was stopped does not
 * count: the picture goes on from where it was. */
static void move(struct player *player, int64_t now_ns)
{
    int64_t passed = now_ns - player->last_ns;

    player->last_ns = now_ns;
    if (continued) {
        continued = 0;
        player->playback.following = false;
        passed = 0;
        terminal_continue();
        player->dirty = true;
    } else if (passed > pause_gap_ns) {
        passed = pause_gap_ns;
    }
    if (playback_move(&player->playback, passed, player->run.edge_ns))
        player->dirty = true;
    if (player_notice_expire(&player->notice, now_ns))
        player->dirty = true;
}

static void draw(struct player *player)
{
    const struct player_pick *pick = &player->pick;
    struct view *view = &player->frame.view;

    view->notice = player->notice.text[0] ? player->notice.text : NULL;
    view->candidate = pick->candidate;
    view->candidates = (int)pick->count;
    view->score = (const char *const *)pick->score;
    player_frame_draw(&player->frame, &player->run, &player->playback);
    player->dirty = false;
}

static void read_keys(struct player *player)
{
    enum player_input input;

    player->controls.columns = player->frame.cells.width;
    input = player_input_read(&player->controls, &player->frame);
    if (input != INPUT_NONE)
        player->dirty = true;
    if (input == INPUT_PRESSED)
        player->next_frame_ns = 0; /* at once */
}

static void show_frame(struct player *player, int64_t now_ns)
{
    move(player, now_ns);
    show_score(player);
    if (player->dirty && !terminal_behind())
        draw(player);
    player->next_frame_ns += frame_ns;
    if (player->next_frame_ns < now_ns)
        player->next_frame_ns = now_ns + frame_ns;
}

/* Returns false if the terminal went away, and nobody left. */
static bool loop(struct player *player, struct diag *diag)
{
    bool present = true, was_moving;

    player->last_ns = player->next_frame_ns = clock_now_ns();
    while (present && player->controls.left == PLAYER_HERE) {
        int64_t now_ns = clock_now_ns();

        follow_run(player, now_ns); /* first: a step goes to what is new */
        read_keys(player);
        player_begin_news(player, diag);
        notice_refusal(player);
        say_cut_short(player);
        if (player->controls.left != PLAYER_HERE)
            break;
        ask(player);
        if (!player->run.pair.on && !player->controls.guest &&
            player_diagnose_say(&player->diagnose, player->run.history,
                                player->playback.t_ns, &player->notice))
            player->dirty = true;
        if (now_ns >= player->next_frame_ns || !is_moving(player))
            show_frame(player, now_ns);
        was_moving = is_moving(player);
        present = wait_for_something(player);
        if (!was_moving) /* the time slept does not move the picture */
            player->last_ns = clock_now_ns();
    }
    return present;
}

/* --- from the outside ----------------------------------------------------- */

static void init(struct player *player, struct run_plan *plan,
                 const struct options *options, int usable,
                 const struct key_binding *keys,
                 const struct player_guest *guest)
{
    struct runner *ended = guest ? guest->runner : NULL;

    *player = (struct player){
        .run = { .options = options,
                 .usable = usable,
                 .plan = plan,
                 .runner = ended,
                 .next = { .made = !ended, .plan = *plan } },
        .record = plan->record,
        .pace = { .guest = guest, .wanted = options->speed },
        .controls = { .keys = keys,
                      .guest = guest,
                      .run = &player->run,
                      .playback = &player->playback,
                      .view = &player->frame.view,
                      .notice = &player->notice,
                      .pick = &player->pick,
                      .find = &player->find },
    };
    player_frame_init(&player->frame, options, keys);
    player->frame.find = &player->find;
    player->frame.view.title = guest ? guest->title : NULL;
    player->frame.view.mystery = guest && guest->mystery;
    if (guest && guest->panes)
        player_panes_begin(&player->frame.view, guest->panes);
}

static bool plan_asks(const struct player *player)
{
    return player->run.plan->run.policy == POLICY_PICK;
}

/* Begin, and show it until the person goes. */
static enum player_left play(struct player *player,
                             const struct kept_runs *kept, struct diag *diag)
{
    struct sigaction action = { .sa_handler = on_continue }, before;
    sigset_t mask;
    bool present;

    sigaction(SIGCONT, &action, &before);
    page_view_hold_signals(&mask, &player->awake);
    if (kept)
        player_begin_kept(player, kept);
    else if (player->run.runner)
        player_begin_again(player);
    else
        player_begin_news(player, diag);
    present = loop(player, diag);
    /* Without a terminal the run goes on, unless it waits for somebody. */
    if (player->run.runner && (present || plan_asks(player)))
        gate_stop(runner_gate(player->run.runner));
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGCONT, &before, NULL);
    player_pick_forget(&player->pick);
    player_diagnose_forget(&player->diagnose);
    player_frame_fini(&player->frame);
    player_run_fini(&player->run);
    return present ? player->controls.left : PLAYER_GONE;
}

enum player_left player_show(struct run_plan *plan,
                             const struct options *options, int usable,
                             const struct player_guest *guest,
                             struct runner **runner, struct diag *diag)
{
    struct player player;
    enum player_left left;

    init(&player, plan, options, usable, player_keys_guest, guest);
    left = play(&player, NULL, diag);
    *runner = player.run.runner;
    return left;
}

static enum player_left play_one_or_two(struct player *player,
                                        const struct run_plan *rival,
                                        struct runner *runner[2],
                                        struct diag *diag)
{
    enum player_left left;

    if (rival) {
        player->run.next.pair = true;
        player->run.next.rival = *rival;
    }
    left = play(player, NULL, diag);
    player_run_runners(&player->run, runner);
    return left;
}

enum player_left player_visit(struct run_plan *plan,
                              const struct run_plan *rival,
                              const struct options *options, int usable,
                              struct runner *runner[2], struct diag *diag)
{
    struct player player;

    init(&player, plan, options, usable, player_keys_visit, NULL);
    return play_one_or_two(&player, rival, runner, diag);
}

static bool open_terminal(const struct options *options, struct diag *diag)
{
    struct terminal_options terminal = {
        .theme = theme_wanted(options),
        .mouse = options->mouse,
    };

    return terminal_open(&terminal, diag);
}

bool player_open(struct run_plan *plan, const struct run_plan *rival,
                 const struct options *options, int usable,
                 struct runner *runner[2], struct diag *diag)
{
    struct player player;
    enum player_left left;

    if (!open_terminal(options, diag))
        return false;
    init(&player, plan, options, usable, player_keys, NULL);
    left = play_one_or_two(&player, rival, runner, diag);
    terminal_close();
    return left != PLAYER_FAILED;
}

enum player_left player_look(struct kept_runs *kept, const char *title,
                             const struct options *options, struct diag *diag)
{
    int last = kept->count - 1;
    struct player player;

    init(&player, &kept->plan[last], options, 0, player_keys_kept, NULL);
    player.run.kept = true;
    player.run.runner = kept->runner[last];
    player.run.next.made = false;
    player.frame.view.recorded = title;
    return play(&player, kept, diag);
}

bool player_replay(struct kept_runs *kept, const char *title,
                   const struct options *options, struct diag *diag)
{
    if (!open_terminal(options, diag))
        return false;
    player_look(kept, title, options, diag);
    terminal_close();
    return true;
}
