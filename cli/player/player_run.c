/*
 * player_run.c -- how runs get onto the live screen.
 *
 * The model says beforehand how long a run will take: the picture then fits
 * the screen from the first frame on. Two runs to be compared are run one after
 * the other, so that they do not compete for the cores; then both are replayed
 * on one clock.
 */
#include "cli/player/player_run.h"

#include "cli/run/runner.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

enum {
    FORETELL_MS = 40,
    MODEL_MS = 100
};

/* --- beginning and ending ------------------------------------------------- */

/* How long the run will be, as the model says; 0 if it takes too long to
 * say. */
static int64_t foretell(const struct run_plan *plan)
{
    struct run_options model = plan->run;
    struct runner *runner;
    struct history *history;
    struct diag unused;
    int64_t end = 0;

    model.model = true;
    model.foretell = true;
    if (model.policy == POLICY_PICK)
        model.policy = POLICY_FIFO;
    runner = runner_start(plan->executor, plan->workload, &model, &unused);
    if (!runner)
        return 0;
    if (runner_wait(runner, FORETELL_MS)) {
        history = runner_history(runner);
        end = history_end(history);
        history_free(history);
    }
    runner_free(runner);
    return end;
}

static enum player_news start(struct player_run *run,
                              const struct run_plan *plan,
                              enum player_news news, struct diag *diag)
{
    struct player_pair *pair = &run->pair;

    *run->plan = *plan;
    run->runner = NULL;
    run->history = NULL;
    run->foretold_ns = foretell(plan);
    if (pair->on && !pair->history) {
        int64_t other = foretell(&pair->plan[1]);

        if (other > run->foretold_ns)
            run->foretold_ns = other;
    }
    run->runner = runner_start(plan->executor, plan->workload, &plan->run,
                               diag);
    if (!run->runner)
        return NEWS_FAILED;
    runner_set_label(run->runner, run_plan_label(plan));
    run->history = history_new(runner_trace(run->runner));
    run->began_ns = TIME_NEVER;
    run->edge_ns = 0;
    run->count++;
    run->refused = false;
    return news;
}

static void drop_run(struct player_run *run)
{
    history_free(run->history);
    runner_free(run->runner);
}

static void drop_first(struct player_pair *pair)
{
    history_free(pair->history);
    runner_free(pair->runner);
    *pair = (struct player_pair){ .on = false };
}

/* The current run is the first of the two from here on. */
static void keep_as_first(struct player_run *run)
{
    run->pair.runner = run->runner;
    run->pair.history = run->history;
}

static enum player_news start_requested(struct player_run *run,
                                        struct diag *diag)
{
    struct player_request *next = &run->next;
    struct player_pair *pair = &run->pair;

    next->made = false;
    drop_first(pair);
    if (next->pair) {
        pair->on = true;
        pair->plan[0] = next->plan;
        pair->plan[1] = next->rival;
    }
    if (next->keep)
        keep_as_first(run);
    else
        drop_run(run);
    return start(run, next->keep ? &next->rival : &next->plan, NEWS_BEGAN,
                 diag);
}

static void begin_replay(struct player_run *run)
{
    struct player_pair *pair = &run->pair;
    int64_t first = history_end(pair->history);
    int64_t second = history_end(run->history);

    pair->on = pair->replay = true;
    pair->verdict = comparison_make(pair->history, run->history);
    run->edge_ns = first > second ? first : second;
}

enum player_news player_run_next(struct player_run *run, struct diag *diag)
{
    struct player_pair *pair = &run->pair;

    if (run->next.made)
        return run->runner && !runner_wait(run->runner, 0)
                   ? NEWS_NONE
                   : start_requested(run, diag);
    if (!pair->on || pair->replay || !history_ended(run->history) ||
        !runner_wait(run->runner, 0))
        return NEWS_NONE;
    if (pair->history) {
        begin_replay(run);
        return NEWS_REPLAY;
    }
    keep_as_first(run);
    return start(run, &pair->plan[1], NEWS_SECOND, diag);
}

void player_run_look_again(struct player_run *run)
{
    run->history = runner_history(run->runner);
    run->began_ns = TIME_NEVER;
    run->edge_ns = history_end(run->history);
    run->count = 1;
}

void player_run_look_at_two(struct player_run *run, struct runner *first,
                            const struct run_plan *plan)
{
    struct player_pair *pair = &run->pair;

    player_run_look_again(run);
    pair->plan[0] = *plan;
    pair->plan[1] = *run->plan;
    pair->runner = first;
    pair->history = runner_history(first);
    begin_replay(run);
}

/* The current run and the one that waits change places. */
static void exchange(struct player_run *run)
{
    struct player_pair *pair = &run->pair;
    struct runner *runner = run->runner;
    struct history *history = run->history;

    run->runner = pair->runner;
    run->history = pair->history;
    pair->runner = runner;
    pair->history = history;
}

bool player_run_part(struct player_run *run)
{
    struct player_pair *pair = &run->pair;

    if (!run->kept || !pair->runner)
        return false;
    exchange(run);
    *run->plan = pair->plan[pair->on ? 0 : 1];
    if (!pair->on) {
        begin_replay(run);
        return true;
    }
    pair->on = pair->replay = false;
    run->edge_ns = history_end(run->history);
    return true;
}

void player_run_runners(const struct player_run *run, struct runner *runner[2])
{
    runner[0] = run->pair.runner;
    runner[1] = run->runner;
    if (!runner[0]) {
        runner[0] = runner[1];
        runner[1] = NULL;
    }
}

void player_run_fini(struct player_run *run)
{
    history_free(run->history);
    if (run->runner)
        history_free(run->pair.history);
    else
        drop_first(&run->pair);
}

/* --- while it goes on ----------------------------------------------------- */

/*
 * A real run has its own clock, which began when it did. Its events say how
 * late it was at least: the earliest begin that fits all of them is it. That of
 * another program begins with its first task, some time after it was started.
 */
static void learn_begin(struct player_run *run, int64_t now_ns)
{
    const struct trace *trace = runner_trace(run->runner);
    size_t count = trace_count(trace);
    int64_t begin;

    if (!count || trace_workload(trace)->task_count == 0)
        return;
    begin = now_ns - trace_at(trace, count - 1)->t_ns;
    if (begin < run->began_ns)
        run->began_ns = begin;
}

void player_run_restart_clock(struct player_run *run)
{
    run->began_ns = TIME_NEVER;
}

/* Others write it. Where they have named somebody new, the history begins anew:
 * it is about those it was made for. */
static void read_kept(struct player_run *run)
{
    const struct trace *trace = runner_trace(run->runner);
    const struct workload *before = trace_workload(trace);
    struct history *old;

    runner_wait(run->runner, 0);
    if (trace_workload(trace) == before)
        return;
    old = run->history;
    run->history = history_new(trace); /* before: at another address */
    history_free(old);
    run->plan->workload = trace_workload(trace);
}

bool player_run_read(struct player_run *run, int64_t now_ns, bool held)
{
    bool more;

    if (run->kept)
        read_kept(run);
    learn_begin(run, now_ns);
    more = history_update(run->history);
    if (!run->plan->run.model && !held && run->began_ns != TIME_NEVER &&
        !player_run_is_cut(run))
        history_extend(run->history, now_ns - run->began_ns);
    run->edge_ns = history_end(run->history);
    return more;
}

void player_run_catch_up(struct player_run *run)
{
    if (!run->plan->run.model || history_ended(run->history) ||
        !runner_wait(run->runner, MODEL_MS))
        return;
    history_update(run->history);
    run->edge_ns = history_end(run->history);
}

const struct diag *player_run_refusal(struct player_run *run)
{
    const struct diag *why;

    if (run->refused || !run->runner || !player_run_is_over(run) ||
        !runner_wait(run->runner, 0) || !runner_error(run->runner, &why))
        return NULL;
    run->refused = true;
    return why;
}

/* --- looking -------------------------------------------------------------- */

bool player_run_ended(const struct player_run *run)
{
    return run->pair.on ? run->pair.replay : player_run_is_over(run);
}

bool player_run_is_cut(const struct player_run *run)
{
    return run->runner && runner_is_cut(run->runner);
}

bool player_run_is_over(const struct player_run *run)
{
    return history_ended(run->history) || player_run_is_cut(run);
}

int64_t player_run_step(const struct player_run *run, int64_t t_ns,
                        bool forward)
{
    int64_t here = history_step(run->history, t_ns, forward), there;

    if (!run->pair.replay)
        return here;
    there = history_step(run->pair.history, t_ns, forward);
    if (here == t_ns || there == t_ns)
        return here == t_ns ? there : here;
    return (here < there) == forward ? here : there;
}
