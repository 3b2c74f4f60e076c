/*
 * The only place where two threads meet. The runner writes the trace; this
 * loop reads what is new, moves the picture, draws, shows it, and sleeps until
 * a key, the end of the run, or the next frame. It holds no lock that the run
 * needs: a terminal that is stuck stalls the picture and not the run.
 *
 * While the picture stands still there is no next frame, and the loop sleeps
 * until something happens.
 */
#include "cli/player/player.h"

#include <poll.h>
#include <signal.h>
#include <time.h>

#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/options/theme.h"
#include "cli/page/page_view.h"
#include "cli/player/keys.h"
#include "cli/player/player_internal.h"
#include "cli/run/runner.h"
#include "render/output/backend.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/history/history.h"
#include "sched/run/gate.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* The brief wait of the first frames, in which the run shows its first sign:
 * from that we know when it began. */
static const int64_t first_sign_ns = 1 * NS_PER_MS;
static const int64_t frame_ns = NS_PER_S / 30;
static const int64_t pause_gap_ns = 250 * NS_PER_MS;

static volatile sig_atomic_t continued; /* after Ctrl-Z and fg */

static void on_continue(int number)
{
    (void)number;
    continued = 1;
}

/* --- the run -------------------------------------------------------------- */

static void drop_run(struct player *player)
{
    player_diagnose_drop(player);
    history_free(player->history);
    runner_free(player->runner);
    player->history = NULL;
    player->runner = NULL;
}

static bool start_next(struct player *player, struct diag *diag)
{
    bool pair = player->next_pair, keep = pair && player->keep;

    player->wanted = player->next_pair = false;
    player_pair_drop(player);
    player_forget_numbers(player);
    player_forget_score(player);
    if (!keep)
        drop_run(player);
    if (pair)
        return player_pair_begin(player, diag);
    *player->plan = player->next;
    return player_start(player, diag);
}

/* Somebody asked for another run and the current one has made way for it. */
static void start_wanted(struct player *player)
{
    struct diag diag;
    bool begun;

    if (!player->wanted || !runner_wait(player->runner, 0))
        return;
    begun = start_next(player, &diag);
    if (begun) {
        if (player->plan->note[0])
            player_notice(player, player->plan->note, PLAYER_NOTE_NS);
        return;
    }
    player->failure = diag;
    player->quit = true;
}

/* The first of two is over: begin the second. */
static void go_on_with_pair(struct player *player)
{
    struct diag diag;

    if (player_pair_follow(player, &diag))
        return;
    player->failure = diag;
    player->quit = true;
}

/* A run that the system refused: the first one ends the screen, so that the
 * reason stands on the terminal; another one only leaves a notice. */
static void notice_failure(struct player *player)
{
    const struct diag *why;

    if (player->failed || !history_ended(player->history) ||
        !runner_wait(player->runner, 0) || !runner_error(player->runner, &why))
        return;
    player->failed = true;
    if (player->runs > 1)
        player_notice(player, why->message, 0);
    else
        player->quit = true;
}

void player_want(struct player *player, const struct run_plan *next)
{
    player->next = *next;
    player->next_pair = player->keep = false;
    player->wanted = true;
    gate_stop(runner_gate(player->runner));
}

/*
 * A real run has its own clock, which began when it did. Its events say how
 * late it was at least: the earliest begin that fits all of them is it.
 */
static void learn_begin(struct player *player, int64_t now_ns)
{
    const struct trace *trace = runner_trace(player->runner);
    size_t count = trace_count(trace);
    int64_t begin;

    if (!count)
        return;
    begin = now_ns - trace_at(trace, count - 1)->t_ns;
    if (begin < player->began_ns)
        player->began_ns = begin;
}

/* Read what is new and how far the picture can go. */
static void follow_run(struct player *player, int64_t now_ns)
{
    bool was_ended = history_ended(player->history);

    if (was_ended)
        return;
    learn_begin(player, now_ns);
    if (history_update(player->history) && !player->playback.paused)
        player->dirty = true;
    if (!player->plan->run.model && !player->asked &&
        player->began_ns != TIME_NEVER)
        history_extend(player->history, now_ns - player->began_ns);
    player->edge_ns = history_end(player->history);
    if (history_ended(player->history))
        player->dirty = true;
    if (player->edge_ns > player->view.total_ns)
        player->view.total_ns = history_ended(player->history)
                                    ? player->edge_ns
                                    : player->edge_ns / 4 * 5 + NS_PER_MS;
}

/* --- the loop ------------------------------------------------------------- */

/* Will the picture be another one at the next frame? */
static bool is_moving(const struct player *player)
{
    bool ended = player_ended(player);

    if (player->wanted || (player->plan->run.policy == POLICY_PICK && !ended))
        return true;
    return !player->playback.paused &&
           !(ended && player->playback.t_ns >= player->edge_ns);
}

/* Nanoseconds until the loop must look again; negative: until a key or the
 * end of the run. */
static int64_t sleep_ns(const struct player *player, int64_t now_ns)
{
    int64_t left;

    if (is_moving(player))
        left = player->began_ns == TIME_NEVER && !player->plan->run.model
                   ? first_sign_ns
                   : player->next_frame_ns - now_ns;
    else
        left = TIME_NEVER;
    if (player->notice[0] && player->notice_until_ns - now_ns < left)
        left = player->notice_until_ns - now_ns;
    if (left > NS_PER_S * 3600)
        return -1;
    return left > 0 ? left : 0;
}

/* Sleep until something happens. Returns false if the terminal is gone. */
static bool wait_for_something(struct player *player)
{
    bool ended = history_ended(player->history) && !player->wanted;
    struct pollfd source[] = {
        { .fd = terminal_fd(), .events = POLLIN },
        { .fd = ended ? -1 : runner_fd(player->runner), .events = POLLIN },
    };
    int64_t left = sleep_ns(player, clock_now_ns());
    struct timespec timeout = { .tv_sec = (time_t)(left / NS_PER_S),
                                .tv_nsec = (long)(left % NS_PER_S) };

    if (ppoll(source, 2, left < 0 ? NULL : &timeout, &player->awake) < 0)
        return true; /* a signal: keys will say which */
    return !(source[0].revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* Let time go by for the picture. What the whole process slept through is not
 * shown in one leap: the picture goes on from where it was. */
static void move(struct player *player, int64_t now_ns)
{
    int64_t passed = now_ns - player->last_ns;

    player->last_ns = now_ns;
    if (continued) {
        continued = 0;
        player->playback.following = false;
        passed = 0;
        terminal_repaint();
        player->dirty = true;
    } else if (passed > pause_gap_ns) {
        passed = pause_gap_ns;
    }
    if (playback_move(&player->playback, passed, player->edge_ns))
        player->dirty = true;
    if (player->notice[0] && now_ns >= player->notice_until_ns) {
        player->notice[0] = '\0';
        player->dirty = true;
    }
}

static void loop(struct player *player)
{
    bool present = true, was_moving;

    player->last_ns = player->next_frame_ns = clock_now_ns();
    while (!player->quit && present) {
        int64_t now_ns = clock_now_ns();

        follow_run(player, now_ns); /* first: a step goes to what is new */
        player_read_keys(player);
        start_wanted(player);
        go_on_with_pair(player);
        if (player->quit)
            break;
        if (player->plan->run.policy == POLICY_PICK)
            player_ask(player);
        notice_failure(player);
        player_diagnose(player);
        if (now_ns >= player->next_frame_ns || !is_moving(player)) {
            move(player, now_ns);
            player_score(player);
            if (player->dirty)
                player_draw(player);
            player->next_frame_ns += frame_ns;
            if (player->next_frame_ns < now_ns)
                player->next_frame_ns = now_ns + frame_ns;
        }
        was_moving = is_moving(player);
        present = wait_for_something(player);
        if (!was_moving) /* time that nobody let go by */
            player->last_ns = clock_now_ns();
    }
}

static void init_view(struct player *player)
{
    const struct options *options = player->options;
    struct view *view = &player->view;

    view_init(view);
    overhead_meter_init(&player->meter);
    view->large = options->large;
    view->korean = language_is_korean();
    view->title = player->guest ? player->guest->title : NULL;
}

/* Begin, and show it until the person goes. */
static void show(struct player *player, struct diag *diag)
{
    if (player->runner) {
        player_look_again(player, player->guest->from_ns);
    } else if (!(player->next_pair ? start_next(player, diag)
                                   : player_start(player, diag))) {
        player->left = PLAYER_FAILED;
        return;
    }
    player->left = PLAYER_GONE;
    if (player->plan->note[0])
        player_notice(player, player->plan->note, PLAYER_NOTE_NS);
    loop(player);
}

static enum player_left play(struct player *player, struct diag *diag)
{
    struct sigaction action = { .sa_handler = on_continue }, before;
    sigset_t mask;

    sigaction(SIGCONT, &action, &before);
    page_view_hold_signals(&mask, &player->awake);
    init_view(player);
    cells_init(&player->cells, 1, 1);
    strbuf_init(&player->footer);
    show(player, diag);
    if (player->quit && player->runner)
        gate_stop(runner_gate(player->runner));
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGCONT, &before, NULL);
    player_forget_numbers(player);
    player_forget_score(player);
    if (player->failure.message[0])
        *diag = player->failure;
    player_diagnose_drop(player);
    history_free(player->history);
    cells_fini(&player->cells);
    strbuf_fini(&player->footer);
    keys_help_free(player->help);
    history_free(player->pair.history);
    return player->runner ? player->left : PLAYER_FAILED;
}

enum player_left player_show(struct run_plan *plan,
                             const struct options *options, int usable,
                             const struct player_guest *guest,
                             struct runner **runner, struct diag *diag)
{
    struct player player = { .plan = plan,
                             .options = options,
                             .usable = usable,
                             .guest = guest,
                             .runner = guest ? guest->runner : NULL };
    enum player_left left = play(&player, diag);

    *runner = player.runner;
    return left;
}

bool player_run(struct run_plan *plan, const struct run_plan *rival,
                const struct options *options, int usable,
                struct runner *runner[2], struct diag *diag)
{
    struct player player = { .plan = plan,
                             .options = options,
                             .usable = usable };
    struct terminal_options terminal = {
        .theme = theme_wanted(options),
        .mouse = options->mouse,
    };
    enum player_left left;

    if (rival) {
        player.next = *plan;
        player.next_rival = *rival;
        player.next_pair = true;
    }
    if (!terminal_open(&terminal, diag))
        return false;
    left = play(&player, diag);
    terminal_close();
    runner[0] = player.pair.runner ? player.pair.runner : player.runner;
    runner[1] = player.pair.runner ? player.runner : NULL;
    return left != PLAYER_FAILED;
}
