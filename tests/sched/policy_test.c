/*
 * Policies: answers worked out by hand or published, and, for tasks by chance,
 * a second scheduler that knows nothing of the first. It goes from millisecond
 * to millisecond and looks at everybody each time: slow, and too simple to have
 * the same mistakes.
 */
#include "sched/policy/policy.h"

#include <stdlib.h>

#include "sched/base/random.h"
#include "tests/sched/modelled.h"
#include "tests/sched/random_workload.h"
#include "tests/suite.h"

/* --- by hand -------------------------------------------------------------- */

static struct modelled run;

static void begin(const char *mode, const char *text)
{
    modelled_init(&run, mode, text);
}

static void clean_up(void)
{
    modelled_fini(&run);
}

static void served(enum policy policy, const char *mode, const char *text,
                   const char *expected)
{
    begin(mode, text);
    run.options.policy = policy;
    modelled_run(&run);
    expect_served(&run, 0, expected);
    clean_up();
}

START_TEST(the_shortest_step_is_next_and_nobody_is_stopped)
{
    served(POLICY_SJF, "coroutine",
           "task A: cpu 8\ntask B at 1: cpu 4\ntask C at 2: cpu 9\n"
           "task D at 3: cpu 5\n",
           "A 0-8, B 8-12, D 12-17, C 17-26");
}
END_TEST

/* Silberschatz, Galvin and Gagne, "Operating System Concepts", 10th edition,
 * section 5.3.2: an average wait of 6.5. */
START_TEST(who_needs_less_than_is_left_stops_who_runs)
{
    begin("threads", "task P1: cpu 8\ntask P2 at 1: cpu 4\n"
                     "task P3 at 2: cpu 9\ntask P4 at 3: cpu 5\n");
    run.options.policy = POLICY_SRTF;
    modelled_run(&run);
    expect_served(&run, 0, "P1 0-1, P2 1-5, P4 5-10, P1 10-17, P3 17-26");
    ck_assert_int_eq((int64_t)run.metrics->average_wait_ns, MS(13) / 2);
    clean_up();
}
END_TEST

START_TEST(an_equal_rest_stops_nobody)
{
    served(POLICY_SRTF, "threads", "task A: cpu 10\ntask B at 5: cpu 5\n",
           "A 0-10, B 10-15");
}
END_TEST

START_TEST(a_length_is_that_of_the_next_step_that_takes_time)
{
    served(POLICY_SJF, "coroutine",
           "task A: say \"x\", repeat 2 (cpu 6, sleep 1)\n"
           "task B: cpu 30 by 4\ntask C: lock m, cpu 90, unlock m\n"
           "task D: cpu 5\n",
           "C 0-90, B 90-94, B 94-98, B 98-102, B 102-106, B 106-110, "
           "B 110-114, B 114-118, B 118-120, D 120-125, A 125-131, A 132-138");
}
END_TEST

/* To look ahead is to go ahead with a copy, which owns nothing. */
START_TEST(a_calculated_length_may_follow_a_select)
{
    served(POLICY_SJF, "coroutine",
           "channel c size 9\n"
           "task A: x = 5, select (send c: cpu 1; else: cpu 2), yield, cpu x, "
           "yield, select (send c: cpu 1; else: cpu 2)\n"
           "task B: cpu 3\n",
           "A 0-1, B 1-4, A 4-9, A 9-10");
}
END_TEST

/* What others may change is not known ahead, and counts as nothing; what only
 * the task itself is, is. */
START_TEST(a_length_that_others_decide_is_not_known_ahead)
{
    served(POLICY_SJF, "coroutine",
           "shared n = 9\ntask P[2]: cpu 4 - me\ntask A: cpu n\n",
           "A 0-9, P[1] 9-12, P[0] 12-16");
}
END_TEST

START_TEST(who_used_up_an_allotment_goes_down_a_level)
{
    begin("threads", "policy mlfq 10,20,40\ntask A: cpu 100\n"
                     "task B at 30: cpu 4, sleep 10, cpu 4, sleep 10, cpu 4\n");
    modelled_run(&run);
    expect_served(&run, 0,
                  "A 0-30, B 30-34, A 34-44, B 44-48, A 48-58, B 58-62, "
                  "A 62-112");
    clean_up();
}
END_TEST

/* At 2 + 8 the allotment is used up, though in two stays. */
START_TEST(leaving_early_does_not_fill_an_allotment_again)
{
    begin("threads", "policy mlfq 10,20\ntask A: cpu 2, sleep 3, cpu 20\n"
                     "task B: cpu 9, sleep 3, cpu 20\n");
    modelled_run(&run);
    expect_served(&run, 0, "A 0-2, B 2-11, A 11-19, B 19-20, A 20-32, B 32-51");
    clean_up();
}
END_TEST

START_TEST(a_boost_lets_all_begin_again)
{
    begin("threads", "policy mlfq 10,20 boost 50\ntask A B: cpu 60\n");
    modelled_run(&run);
    expect_served(&run, 0,
                  "A 0-10, B 10-20, A 20-40, B 40-60, A 60-70, B 70-90, "
                  "A 90-110, B 110-120");
    clean_up();
}
END_TEST

START_TEST(fair_shares_follow_nice)
{
    begin("threads", "task A: cpu 300\ntask B nice 5: cpu 300\n");
    run.options.policy = POLICY_FAIR;
    run.options.slice_ns = MS(1);
    run.options.limit_ns = MS(200);
    modelled_run(&run);
    ck_assert_int_ge(numbers_of(&run, "A")->cpu_ns, MS(149));
    ck_assert_int_le(numbers_of(&run, "A")->cpu_ns, MS(152));
    clean_up();
}
END_TEST

START_TEST(who_comes_late_is_not_paid_for_it)
{
    served(POLICY_FAIR, "threads", "task A: cpu 50\ntask B at 30: cpu 20\n",
           "A 0-30, B 30-40, A 40-50, B 50-60, A 60-70");
}
END_TEST

START_TEST(tickets_are_chances)
{
    begin("threads", "task A tickets 300: cpu 3000\ntask B: cpu 3000\n");
    run.options.policy = POLICY_LOTTERY;
    run.options.slice_ns = MS(1);
    run.options.seed = 7;
    run.options.limit_ns = MS(2000);
    modelled_run(&run);
    ck_assert_int_ge(numbers_of(&run, "A")->cpu_ns, MS(1400));
    ck_assert_int_le(numbers_of(&run, "A")->cpu_ns, MS(1600));
    clean_up();
}
END_TEST

static int64_t misses(int task)
{
    int64_t count = 0;

    for (size_t i = 0; i < trace_count(run.trace); i++)
        count += trace_at(run.trace, i)->kind == EVENT_MISSED &&
                 trace_at(run.trace, i)->task == (uint32_t)task;
    return count;
}

/* Operating System Concepts, sections 5.6.4 and 5.6.5: with rates the second
 * process misses its deadline at 80, with deadlines nobody misses one. */
static const char osc[] = "task P1 period 50 times 4: cpu 25\n"
                          "task P2 period 80 times 2: cpu 35\n";

START_TEST(rates_miss_a_deadline_that_deadlines_meet)
{
    begin("threads", osc);
    run.options.policy = POLICY_RM;
    modelled_run(&run);
    expect_served(&run, 0,
                  "P1 0-25, P2 25-50, P1 50-75, P2 75-85, P2 85-100, "
                  "P1 100-125, P2 125-145, P1 150-175");
    ck_assert_int_eq(misses(1), 1);
    clean_up();
    begin("threads", osc);
    run.options.policy = POLICY_EDF;
    modelled_run(&run);
    expect_served(&run, 0,
                  "P1 0-25, P2 25-60, P1 60-85, P2 85-100, P1 100-125, "
                  "P2 125-145, P1 150-175");
    ck_assert_int_eq(misses(0) + misses(1), 0);
    clean_up();
}
END_TEST

START_TEST(jobs_do_not_overlap)
{
    begin("coroutine", "task A period 10 times 3: cpu 15\n");
    modelled_run(&run);
    expect_served(&run, 0, "A 0-15, A 15-30, A 30-45");
    ck_assert_int_eq(misses(0), 3);
    clean_up();
}
END_TEST

/* And what a task has set it finds again in its next job. */
START_TEST(a_task_that_stops_has_no_more_jobs)
{
    begin("threads", "shared n = 0\n"
                     "task A period 10 times 9: cpu 5, n = n + 1, "
                     "if n == 2 (stop)\n");
    modelled_run(&run);
    expect_served(&run, 0, "A 0-5, A 10-15");
    ck_assert_int_eq(run.metrics->shared[0], 2);
    clean_up();
}
END_TEST

/* Just in time is in time. */
START_TEST(a_deadline_may_stand_without_a_period)
{
    begin("threads", "task A deadline 10: cpu 10\n"
                     "task B at 5 deadline 4: cpu 10\n");
    run.options.policy = POLICY_EDF;
    modelled_run(&run);
    expect_served(&run, 0, "A 0-5, B 5-15, A 15-20");
    ck_assert_int_eq(misses(0), 1);
    ck_assert_int_eq(misses(1), 1);
    clean_up();
    begin("threads", "task A deadline 10: cpu 10\n");
    modelled_run(&run);
    ck_assert_int_eq(misses(0), 0);
    clean_up();
}
END_TEST

/* 24, 3 and 3 ms: Operating System Concepts, section 5.3.1. */
START_TEST(times_are_counted_from_the_arrival)
{
    begin("coroutine", "task A at 5: cpu 24\ntask B C at 5: cpu 3\n");
    modelled_run(&run);
    ck_assert_int_eq((int64_t)run.metrics->average_response_ns, MS(17));
    ck_assert_int_eq((int64_t)run.metrics->average_turnaround_ns, MS(27));
    ck_assert_int_eq(numbers_of(&run, "C")->arrival_ns, MS(5));
    ck_assert_int_eq(numbers_of(&run, "C")->response_ns, MS(27));
    ck_assert_int_eq(numbers_of(&run, "C")->turnaround_ns, MS(30));
    ck_assert(run.metrics->throughput > 85.7 && run.metrics->throughput < 85.8);
    clean_up();
}
END_TEST

START_TEST(one_is_as_fair_as_it_gets)
{
    begin("threads", "task A B: cpu 20\n");
    run.options.slice_ns = MS(1);
    modelled_run(&run);
    ck_assert(run.metrics->fairness > 0.998 && run.metrics->fairness <= 1);
    clean_up();
    begin("coroutine", "task A B: cpu 20\n");
    modelled_run(&run);
    ck_assert(run.metrics->fairness == 0.5);
    clean_up();
}
END_TEST

START_TEST(of_jobs_the_longest_counts)
{
    begin("threads", osc);
    run.options.policy = POLICY_RM;
    modelled_run(&run);
    ck_assert_int_eq((int64_t)run.metrics->job_count, 6);
    ck_assert_int_eq(run.metrics->missed, 1);
    ck_assert_int_eq(numbers_of(&run, "P2")->missed, 1);
    ck_assert_int_eq(numbers_of(&run, "P2")->response_ns, MS(25));
    ck_assert_int_eq(numbers_of(&run, "P2")->turnaround_ns, MS(85));
    clean_up();
}
END_TEST

START_TEST(who_is_first_at_one_instant_can_be_chosen)
{
    static const char text[] = "task A: cpu 20\ntask B at 10: cpu 10\n";

    served(POLICY_FIFO, "threads", text, "A 0-10, B 10-20, A 20-30");
    begin("threads", text);
    run.options.running_first = true;
    modelled_run(&run);
    expect_served(&run, 0, "A 0-20, B 20-30");
    clean_up();
}
END_TEST

START_TEST(who_is_stopped_can_go_to_the_tail)
{
    static const char text[] = "task A B: cpu 10\ntask C priority 1 at 4: "
                               "cpu 2\n";

    served(POLICY_PRIORITY, "threads", text, "A 0-4, C 4-6, A 6-12, B 12-22");
    begin("threads", text);
    run.options.policy = POLICY_PRIORITY;
    run.options.preempted_last = true;
    modelled_run(&run);
    expect_served(&run, 0, "A 0-4, C 4-6, B 6-16, A 16-22");
    clean_up();
}
END_TEST

START_TEST(some_policies_need_modes_that_stop_tasks)
{
    static const enum policy refused[] = { POLICY_SRTF, POLICY_MLFQ, POLICY_RM,
                                           POLICY_EDF };
    static const char *const mode[] = { "sequential", "coroutine", "hybrid" };

    for (int i = 0; i < 12; i++) {
        begin(mode[i % 3], "task A: cpu 1\n");
        run.options.policy = refused[i / 3];
        modelled_run(&run);
        ck_assert_int_lt(run.error, 0);
        ck_assert_ptr_nonnull(strstr(run.diag.message, "nobody is ever"));
        clean_up();
    }
}
END_TEST

START_TEST(real_threads_are_stopped_as_well)
{
    static const enum policy policy[] = { POLICY_SRTF, POLICY_MLFQ,
                                          POLICY_EDF };

    begin("threads", "task A deadline 900: cpu 80\n"
                     "task B at 20 deadline 50: cpu 5\n");
    run.options.model = false;
    run.options.policy = policy[_i];
    modelled_run(&run);
    ck_assert_int_lt(numbers_of(&run, "B")->finish_ns,
                     numbers_of(&run, "A")->finish_ns);
    ck_assert_int_ge(run.metrics->preemptions, 1);
    clean_up();
}
END_TEST

/* --- by a second scheduler ------------------------------------------------ */

enum {
    TASKS = 8,
    PHASES = 5, /* cpu, sleep, cpu, … */
    MACHINES = 4,
    TICKS = 3000,
    ROUNDS = 80,
};

enum where {
    TO_COME,
    LINE,
    MACHINE,
    ASLEEP,
    BETWEEN, /* two jobs */
    OVER
};

struct toy_task {
    int at, phase[PHASES], phases, period, deadline, times, nice;
    enum where where;
    int now;  /* phase */
    int left; /* of it */
    int order, wakes, slept;
    int level, used;
    double virtual;
    int slice_end, machine;
    int arrived, done, missed, finish;
};

struct toy {
    struct toy_task task[TASKS];
    int tasks, machines, slice, boost;
    int allot[3];
    enum policy policy;
    int tail, front, sleeps;
    int turn[MACHINES];
    signed char seen[MACHINES][TICKS];
};

static double toy_rank(const struct toy *toy, int i)
{
    const struct toy_task *task = &toy->task[i];

    switch (toy->policy) {
    case POLICY_SJF:
    case POLICY_SRTF:
        return task->left;
    case POLICY_MLFQ:
        return task->level;
    case POLICY_FAIR:
        return task->virtual;
    case POLICY_RM:
        return task->period > 0 ? task->period : 1e9;
    case POLICY_EDF:
        return task->deadline > 0
                   ? task->at + task->done * task->period + task->deadline
                   : 1e9;
    default:
        return 0;
    }
}

/* Who in line is best; -1: nobody. */
static int toy_best(const struct toy *toy)
{
    int best = -1;

    for (int i = 0; i < toy->tasks; i++) {
        if (toy->task[i].where != LINE)
            continue;
        if (best < 0 || toy_rank(toy, i) < toy_rank(toy, best) ||
            (toy_rank(toy, i) == toy_rank(toy, best) &&
             toy->task[i].order < toy->task[best].order))
            best = i;
    }
    return best;
}

static void toy_line_up(struct toy *toy, int i, bool front)
{
    struct toy_task *task = &toy->task[i];
    double least = -1;
    int best = toy_best(toy);

    if (best >= 0)
        least = toy_rank(toy, best);
    for (int m = 0; m < toy->machines && best < 0; m++)
        if (toy->turn[m] >= 0 && toy->turn[m] != i &&
            (least < 0 || toy_rank(toy, toy->turn[m]) < least))
            least = toy_rank(toy, toy->turn[m]);
    if (toy->policy == POLICY_FAIR && task->virtual < least)
        task->virtual = least;
    task->where = LINE;
    task->order = front ? --toy->front : toy->tail++;
}

static void toy_leave(struct toy *toy, int i)
{
    struct toy_task *task = &toy->task[i];

    toy->turn[task->machine] = -1;
    if (toy->policy == POLICY_MLFQ && task->used >= toy->allot[task->level]) {
        task->level += task->level < 2;
        task->used = 0;
    }
}

/* The phase is over: what comes next? */
static void toy_next(struct toy *toy, int i, int t)
{
    struct toy_task *task = &toy->task[i];

    if (++task->now < task->phases) {
        toy_leave(toy, i);
        task->where = ASLEEP;
        task->wakes = t + task->phase[task->now];
        task->slept = toy->sleeps++;
        return;
    }
    toy_leave(toy, i);
    if (task->deadline > 0)
        task->done++;
    if (task->period > 0 && task->done < task->times) {
        task->now = 0;
        task->left = task->phase[0];
        if (task->arrived > task->done)
            toy_line_up(toy, i, false);
        else
            task->where = BETWEEN;
        return;
    }
    task->where = OVER;
    task->finish = t;
}

static void toy_wake(struct toy *toy, int t)
{
    for (;;) {
        int first = -1;

        for (int i = 0; i < toy->tasks; i++)
            if (toy->task[i].where == ASLEEP && toy->task[i].wakes == t &&
                (first < 0 || toy->task[i].slept < toy->task[first].slept))
                first = i;
        if (first < 0)
            return;
        toy->task[first].now++;
        toy->task[first].left = toy->task[first].now < toy->task[first].phases
                                    ? toy->task[first]
                                          .phase[toy->task[first].now]
                                    : 0;
        toy_line_up(toy, first, false);
    }
}

static void toy_arrive(struct toy *toy, int t)
{
    for (int i = 0; i < toy->tasks; i++) {
        struct toy_task *task = &toy->task[i];

        if (task->period > 0
                ? t < task->at || (t - task->at) % task->period != 0 ||
                      task->arrived == task->times
                : t != task->at)
            continue;
        task->arrived++;
        if (task->where == TO_COME)
            task->left = task->phase[0];
        if (task->where == TO_COME || task->where == BETWEEN)
            toy_line_up(toy, i, false);
    }
}

static void toy_slice(struct toy *toy, int i, int t)
{
    struct toy_task *task = &toy->task[i];
    int best = toy_best(toy);

    if (task->where != MACHINE || toy->turn[task->machine] != i)
        return;
    if (toy->policy == POLICY_MLFQ) {
        if (task->used < toy->allot[task->level])
            return;
        task->level += task->level < 2;
        task->used = 0;
    } else if (toy->slice == 0 || t < task->slice_end) {
        return;
    }
    task->slice_end = t + toy->slice;
    if (best < 0 || toy_rank(toy, best) > toy_rank(toy, i))
        return;
    toy_leave(toy, i);
    toy_line_up(toy, i, false);
}

static void toy_settle(struct toy *toy, int t)
{
    for (int i = 0; i < toy->tasks; i++) {
        struct toy_task *task = &toy->task[i];

        for (int k = 0; task->deadline > 0 && k < task->times; k++)
            task->missed += task->at + k * task->period + task->deadline == t &&
                            task->done <= k;
        if (toy->boost > 0 && t > 0 && t % toy->boost == 0)
            task->level = task->used = 0;
    }
}

static void toy_dispatch(struct toy *toy, int t)
{
    for (;;) {
        int m = 0, best = toy_best(toy), victim = -1;

        if (best < 0)
            return;
        while (m < toy->machines && toy->turn[m] >= 0)
            m++;
        if (m < toy->machines) {
            toy->task[best].where = MACHINE;
            toy->task[best].machine = m;
            toy->task[best].slice_end = t + toy->slice;
            toy->turn[m] = best;
            if (toy->task[best].left == 0)
                toy_next(toy, best, t);
            continue;
        }
        for (m = 0; m < toy->machines; m++)
            if (toy_rank(toy, toy->turn[m]) > toy_rank(toy, best) &&
                (victim < 0 ||
                 toy_rank(toy, toy->turn[m]) > toy_rank(toy, victim)))
                victim = toy->turn[m];
        if (victim < 0 || !policy_table[toy->policy]->stops)
            return;
        toy_leave(toy, victim);
        toy_line_up(toy, victim, true);
    }
}

static void toy_run(struct toy *toy)
{
    for (int t = 0; t < TICKS; t++) {
        toy_wake(toy, t);
        toy_arrive(toy, t);
        for (int m = 0; m < toy->machines; m++) {
            int i = toy->turn[m];

            if (i < 0)
                continue;
            if (toy->task[i].left == 0)
                toy_next(toy, i, t);
            toy_slice(toy, i, t);
        }
        toy_settle(toy, t);
        toy_dispatch(toy, t);
        for (int m = 0; m < toy->machines; m++) {
            int i = toy->turn[m];

            toy->seen[m][t] = (signed char)i;
            if (i < 0)
                continue;
            toy->task[i].left--;
            toy->task[i].used++;
            toy->task[i].virtual += 1 / policy_weight(toy->task[i].nice);
        }
    }
}

/* --- the same tasks for both ---------------------------------------------- */

static int throw(uint64_t * random, int sides)
{
    return (int)random_below(random, (uint64_t)sides);
}

static void invent(struct toy *toy, uint64_t *random, struct strbuf *text)
{
    toy->tasks = 2 + throw(random, TASKS - 1);
    for (int i = 0; i < toy->tasks; i++) {
        struct toy_task *task = &toy->task[i];

        task->at = throw(random, 3) == 0 ? 0 : throw(random, 12) * 5;
        task->phases = 1 + throw(random, PHASES);
        task->times = 1;
        task->nice = throw(random, 3) == 0 ? -throw(random, 4) : 0;
        if ((toy->policy == POLICY_RM || toy->policy == POLICY_EDF) &&
            throw(random, 4) > 0) {
            task->phases = 1;
            task->period = 20 + 10 * throw(random, 6);
            task->times = 1 + throw(random, 6);
            task->deadline = throw(random, 2) == 0 ? task->period
                                                   : 10 + throw(random, 60);
        }
        strbuf_addf(text, "task T%d at %d nice %d", i, task->at, task->nice);
        if (task->period > 0)
            strbuf_addf(text, " period %d deadline %d times %d", task->period,
                        task->deadline, task->times);
        for (int k = 0; k < task->phases; k++) {
            task->phase[k] = 1 + throw(random, 4) * 5 + throw(random, 3) * 4;
            strbuf_addf(text, "%s %s %d", k == 0 ? ":" : ",",
                        k % 2 == 0 ? "cpu" : "sleep", task->phase[k]);
        }
        strbuf_addc(text, '\n');
    }
}

static void compare(const struct toy *toy, const char *text)
{
    for (int m = 0; m < toy->machines; m++) {
        int t = 0;

        for (size_t i = 0; i < history_services(run.history, m); i++) {
            struct service service = history_service(run.history, m, i);

            if (service.task < 0)
                continue;
            for (; t < TICKS && MS(t) < service.from_ns; t++)
                ck_assert_msg(toy->seen[m][t] < 0,
                              "%s: machine %d is free at %d\n%s",
                              policy_table[toy->policy]->name, m, t, text);
            for (; t < TICKS && MS(t) < service.to_ns; t++)
                ck_assert_msg(toy->seen[m][t] == service.task,
                              "%s: machine %d at %d serves %d, not %d\n%s",
                              policy_table[toy->policy]->name, m, t,
                              service.task, toy->seen[m][t], text);
        }
    }
    for (int i = 0; i < toy->tasks; i++) {
        ck_assert_int_eq(run.metrics->task[i].finish_ns,
                         MS(toy->task[i].finish));
        ck_assert_msg(misses(i) == toy->task[i].missed,
                      "%s: task %d misses %d, not %d\n%s",
                      policy_table[toy->policy]->name, i, (int)misses(i),
                      toy->task[i].missed, text);
    }
}

START_TEST(a_second_scheduler_decides_the_same)
{
    static const enum policy policy[] = { POLICY_FIFO, POLICY_SJF,  POLICY_SRTF,
                                          POLICY_MLFQ, POLICY_FAIR, POLICY_RM,
                                          POLICY_EDF };
    uint64_t random = (uint64_t)_i * 1000;

    for (int round = 0; round < ROUNDS; round++) {
        struct toy *toy = calloc(1, sizeof *toy);
        struct strbuf text;

        ck_assert_ptr_nonnull(toy);
        strbuf_init(&text);
        toy->policy = policy[_i];
        toy->machines = 1 + throw(&random, MACHINES);
        toy->slice = policy_table[toy->policy]->sliced ? 7 : 0;
        toy->boost = throw(&random, 2) * 55;
        for (int i = 0; i < 3; i++)
            toy->allot[i] = 5 + 5 * throw(&random, 4);
        for (int m = 0; m < MACHINES; m++)
            toy->turn[m] = -1;
        invent(toy, &random, &text);
        begin("parallel", text.text);
        run.options.machines = toy->machines;
        run.options.policy = toy->policy;
        run.options.slice_ns = MS(7);
        run.options.levels = (struct policy_levels){
            3,
            { MS(toy->allot[0]), MS(toy->allot[1]), MS(toy->allot[2]) },
            MS(toy->boost),
        };
        modelled_run(&run);
        toy_run(toy);
        compare(toy, text.text);
        clean_up();
        strbuf_fini(&text);
        free(toy);
    }
}
END_TEST

/* --- everything at once --------------------------------------------------- */

/* Locks, channels, generators, a GIL: whatever the policy, the trace must be
 * possible, and every other task has periods. */
START_TEST(any_workload_is_possible_with_any_policy)
{
    for (uint64_t seed = 0; seed < 40; seed++) {
        uint64_t random = seed * POLICIES + (uint64_t)_i;
        struct strbuf text;
        const struct executor *mode = executor_table[2 + seed % 2];

        if (!policy_table[_i]->must_stop)
            mode = executor_table[seed % 5];
        strbuf_init(&text);
        random_workload(&text, seed);
        strbuf_adds(&text, "task PERIODIC period 20 deadline 15 times 5: "
                           "cpu 6, sleep 3, cpu 4\n"
                           "task TAIL nice -3 tickets 7 deadline 90: cpu 9\n");
        begin(mode->mode->name, text.text);
        run.options.machines = mode->mode->traits & PARALLEL
                                   ? 1 + throw(&random, MACHINES)
                                   : 1;
        run.options.policy = (enum policy)_i;
        run.options.seed = random;
        run.options.slice_ns = MS(throw(&random, 9));
        run.options.gil_ns = throw(&random, 4) == 0 ? MS(7) : 0;
        run.options.switch_cost_ns = throw(&random, 4) == 0 ? MS(3) : 0;
        run.options.lines_own = throw(&random, 3) == 0;
        run.options.running_first = throw(&random, 2) == 0;
        run.options.preempted_last = throw(&random, 2) == 0;
        modelled_run(&run);
        ck_assert_int_eq(run.error, 0);
        clean_up();
        strbuf_fini(&text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("policy");
    TCase *tcase = tcase_create("hand");

    tcase_add_test(tcase, the_shortest_step_is_next_and_nobody_is_stopped);
    tcase_add_test(tcase, who_needs_less_than_is_left_stops_who_runs);
    tcase_add_test(tcase, an_equal_rest_stops_nobody);
    tcase_add_test(tcase, a_length_is_that_of_the_next_step_that_takes_time);
    tcase_add_test(tcase, a_calculated_length_may_follow_a_select);
    tcase_add_test(tcase, a_length_that_others_decide_is_not_known_ahead);
    tcase_add_test(tcase, who_used_up_an_allotment_goes_down_a_level);
    tcase_add_test(tcase, leaving_early_does_not_fill_an_allotment_again);
    tcase_add_test(tcase, a_boost_lets_all_begin_again);
    tcase_add_test(tcase, fair_shares_follow_nice);
    tcase_add_test(tcase, who_comes_late_is_not_paid_for_it);
    tcase_add_test(tcase, tickets_are_chances);
    tcase_add_test(tcase, rates_miss_a_deadline_that_deadlines_meet);
    tcase_add_test(tcase, jobs_do_not_overlap);
    tcase_add_test(tcase, a_task_that_stops_has_no_more_jobs);
    tcase_add_test(tcase, a_deadline_may_stand_without_a_period);
    tcase_add_test(tcase, times_are_counted_from_the_arrival);
    tcase_add_test(tcase, one_is_as_fair_as_it_gets);
    tcase_add_test(tcase, of_jobs_the_longest_counts);
    tcase_add_test(tcase, who_is_first_at_one_instant_can_be_chosen);
    tcase_add_test(tcase, who_is_stopped_can_go_to_the_tail);
    tcase_add_test(tcase, some_policies_need_modes_that_stop_tasks);
    tcase_add_loop_test(tcase, real_threads_are_stopped_as_well, 0, 3);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("second");
    tcase_add_loop_test(tcase, a_second_scheduler_decides_the_same, 0, 7);
    for (int i = 0; i < POLICIES; i++)
        if (i != POLICY_PICK)
            tcase_add_loop_test(tcase, any_workload_is_possible_with_any_policy,
                                i, i + 1);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
