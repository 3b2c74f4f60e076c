/*
 * The history against the obvious: random lives of tasks are written as
 * events, and everything the history says is compared with what a slow loop
 * over all events finds.
 */
#include "tests/suite.h"

#include "sched/analysis/metrics.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "tests/sched/handmade.h"

enum {
    TASKS = 7,
    MACHINES = 3,
    EVENTS = 1500,
    LONG_RUN = 9000 /* events */
};

static struct handmade made;
static uint64_t random_state;
static bool with_priorities;

/* A small generator of our own, so that a seed means the same everywhere. */
static int draw(int below)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1442695;
    return (int)((random_state >> 33) % (uint64_t)below);
}

/* What the writer believes. */
struct belief {
    enum task_state state;
    int machine;
    bool chosen;
};

static void off_the_machine(struct belief *life, int64_t t, int task)
{
    switch (draw(4)) {
    case 0:
        life->state = STATE_IN_LINE;
        handmade_add(&made, t, EVENT_READY, task, draw(3), draw(3) - 1);
        break;
    case 1:
        life->state = STATE_AWAITING;
        handmade_add(&made, t, EVENT_AWAIT, task, 0, t + 5);
        break;
    case 2:
        life->state = STATE_BLOCKED;
        handmade_add(&made, t, EVENT_BLOCKED, task, WAIT_LOCK, 1);
        break;
    default:
        life->state = STATE_DONE;
        handmade_add(&made, t, EVENT_DONE, task, 0, 0);
    }
}

static bool is_free(const struct belief *life, int machine)
{
    for (int i = 0; i < TASKS; i++)
        if (life[i].machine == machine)
            return false;
    return true;
}

static void onto_a_machine(struct belief *life, int64_t t, int task)
{
    int machine = draw(MACHINES);

    if (!life[task].chosen && !is_free(life, machine))
        return;
    if (life[task].chosen)
        machine = life[task].machine;
    life[task].machine = machine;
    if (!life[task].chosen && draw(3) == 0) {
        life[task].chosen = true;
        handmade_at(&made, t, EVENT_SWITCH, task, machine, 0);
        return;
    }
    life[task].chosen = false;
    life[task].state = STATE_RUNNING;
    handmade_at(&made, t, EVENT_RUN, task, machine, 0);
}

static void on_the_machine(struct belief *life, int64_t t, int task)
{
    switch (draw(4)) {
    case 0:
        life->state = life->state == STATE_RUNNING ? STATE_STOLEN
                                                   : STATE_RUNNING;
        handmade_at(&made, t,
                    life->state == STATE_STOLEN ? EVENT_STOLEN : EVENT_BACK,
                    task, life->machine, 0);
        break;
    case 1:
        life->state = STATE_HELD;
        handmade_at(&made, t, EVENT_HOLD, task, life->machine, WAIT_TIME);
        break;
    case 2:
        life->state = STATE_RUNNING;
        handmade_at(&made, t, EVENT_RUN, task, life->machine, 1);
        break;
    default:
        life->machine = -1;
        off_the_machine(life, t, task);
    }
}

static void something_happens(struct belief *life, int64_t t)
{
    int task = draw(TASKS);

    if (with_priorities && draw(8) == 0) {
        handmade_add(&made, t, EVENT_PRIORITY, task, draw(2), draw(3));
        return;
    }
    switch (life[task].state) {
    case STATE_RUNNING:
    case STATE_HELD:
    case STATE_STOLEN:
        on_the_machine(&life[task], t, task);
        break;
    case STATE_IN_LINE:
        onto_a_machine(life, t, task);
        break;
    default: /* a task that was done comes back: there are few of them */
        life[task].state = STATE_IN_LINE;
        handmade_add(&made, t, EVENT_READY, task, READY_WOKEN, -1);
    }
}

static void random_run_of(int seed, int events, const char *policy)
{
    struct belief life[TASKS] = { { 0 } };
    int64_t t = 0;

    random_state = (uint64_t)seed;
    handmade_init(&made, TASKS, MACHINES);
    made.info.policy = policy;
    handmade_begin(&made);
    for (int i = 0; i < TASKS; i++)
        life[i].machine = -1;
    for (int i = 0; i < events; i++) {
        something_happens(life, t);
        t += draw(3);
        if (draw(10) == 0) /* a history that follows a live trace */
            history_update(made.history);
    }
    handmade_end(&made, t + 1, OUTCOME_STOPPED);
}

static void random_run(int seed)
{
    with_priorities = false;
    random_run_of(seed, EVENTS, "fifo");
}

/* --- the obvious ---------------------------------------------------------- */

static int obvious_state(const struct event *event)
{
    switch (event->kind) {
    case EVENT_READY:
        return STATE_IN_LINE;
    case EVENT_RUN:
    case EVENT_BACK:
        return STATE_RUNNING;
    case EVENT_STOLEN:
        return STATE_STOLEN;
    case EVENT_SWITCH:
    case EVENT_HOLD:
        return STATE_HELD;
    case EVENT_AWAIT:
        return STATE_AWAITING;
    case EVENT_BLOCKED:
        return STATE_BLOCKED;
    case EVENT_DONE:
        return STATE_DONE;
    default:
        return STATE_ABSENT;
    }
}

/* The last event of place of task up to t_ns, or NULL. */
static const struct event *obvious_place(int task, int64_t t_ns)
{
    const struct event *last = NULL;

    for (size_t i = 0; i < trace_count(made.trace); i++) {
        const struct event *event = trace_at(made.trace, i);

        if (event->t_ns > t_ns)
            break;
        if (event->task == (uint32_t)task && event_is_place(event->kind))
            last = event;
    }
    return last;
}

static int obvious_at(int task, int64_t t_ns)
{
    const struct event *place = obvious_place(task, t_ns);

    return place ? obvious_state(place) : STATE_ABSENT;
}

static int64_t obvious_time(int task, int state, int64_t from, int64_t to)
{
    int64_t sum = 0, since = 0;
    int now = STATE_ABSENT;

    for (size_t i = 0; i < trace_count(made.trace); i++) {
        const struct event *event = trace_at(made.trace, i);
        int64_t begin = since > from ? since : from;
        int64_t end = event->t_ns < to ? event->t_ns : to;
        bool last = i + 1 == trace_count(made.trace);

        if (event->task != (uint32_t)task && !last)
            continue;
        if (now == state && begin < end)
            sum += end - begin;
        now = obvious_state(event);
        since = event->t_ns;
    }
    return sum;
}

static bool obvious_begun(int task, int64_t t_ns)
{
    bool begun = false, ended = false;

    for (size_t i = 0; i < trace_count(made.trace); i++) {
        const struct event *event = trace_at(made.trace, i);

        if (event->task != (uint32_t)task || event->t_ns > t_ns)
            continue;
        if (event->kind == EVENT_RUN)
            begun = true;
        if (event->kind == EVENT_DONE && begun)
            ended = true;
    }
    return begun && !ended;
}

static const struct event *obvious_server(int machine, int64_t t_ns)
{
    for (int task = 0; task < TASKS; task++) {
        const struct event *place = obvious_place(task, t_ns);

        if (place && place->machine == machine)
            return place;
    }
    return NULL;
}

/* --- comparing ------------------------------------------------------------ */

static void compare_tasks(int64_t from, int64_t to)
{
    for (int task = 0; task < TASKS; task++) {
        struct interval at = history_at(made.history, task, from);

        ck_assert_int_eq(at.state, obvious_at(task, from));
        ck_assert(at.from_ns <= from &&
                  (from < at.to_ns || at.to_ns == history_end(made.history)));
        for (int state = 0; state < STATE_COUNT; state++)
            ck_assert_int_eq(history_time_in(made.history, task,
                                             (enum task_state)state, from, to),
                             obvious_time(task, state, from, to));
    }
}

static void compare_counts(int64_t t_ns)
{
    int in_progress = 0, count[STATE_COUNT] = { 0 };

    for (int task = 0; task < TASKS; task++) {
        in_progress += obvious_begun(task, t_ns);
        count[obvious_at(task, t_ns)]++;
    }
    ck_assert_int_eq(history_in_progress(made.history, t_ns), in_progress);
    ck_assert_int_eq(history_working(made.history, t_ns), count[STATE_RUNNING]);
    for (int state = 0; state < STATE_COUNT; state++)
        ck_assert_int_eq(
            history_count(made.history, (enum task_state)state, t_ns),
            count[state]);
}

static void compare_machines(int64_t t_ns)
{
    static const int kind[EVENT_KINDS] = { [EVENT_RUN] = SERVICE_BUSY,
                                           [EVENT_BACK] = SERVICE_BUSY,
                                           [EVENT_HOLD] = SERVICE_HELD,
                                           [EVENT_STOLEN] = SERVICE_STOLEN,
                                           [EVENT_SWITCH] = SERVICE_SWITCHING };

    for (int machine = 0; machine < MACHINES; machine++) {
        const struct event *place = obvious_server(machine, t_ns);
        struct service at = history_service_at(made.history, machine, t_ns);

        ck_assert_int_eq(at.kind, place ? kind[place->kind] : SERVICE_IDLE);
        ck_assert_int_eq(at.task, place ? (int)place->task : -1);
    }
}

/* Everybody who stands, and each behind who came before. */
static void compare_report_line(int64_t t_ns)
{
    int line[TASKS];
    size_t count = history_line(made.history, 0, t_ns, line, TASKS);
    size_t standing = 0;

    for (int task = 0; task < TASKS; task++) {
        const struct event *place = obvious_place(task, t_ns);

        standing += place && place->kind == EVENT_READY;
    }
    ck_assert_uint_eq(count, standing);
    for (size_t i = 1; i < count; i++)
        ck_assert(obvious_place(line[i - 1], t_ns) <
                  obvious_place(line[i], t_ns));
}

/* In progress counts after each event, working at each instant; the counts that
 * belong to an event are never more than that. */
static void compare_maxima(void)
{
    enum life_so_far {
        NOT_YET,
        BEGUN,
        ENDED
    } life[TASKS] = { 0 };
    int begun = 0, in_progress = 0, working = 0;
    int event_begun, event_working, most = 0;

    for (size_t i = 0; i < trace_count(made.trace); i++) {
        const struct event *event = trace_at(made.trace, i);
        int running = 0;

        if (event->kind == EVENT_RUN && life[event->task] == NOT_YET) {
            life[event->task] = BEGUN;
            begun++;
        } else if (event->kind == EVENT_DONE && life[event->task] == BEGUN) {
            life[event->task] = ENDED;
            begun--;
        }
        in_progress = begun > in_progress ? begun : in_progress;
        for (int task = 0; task < TASKS; task++)
            running += obvious_at(task, event->t_ns) == STATE_RUNNING;
        working = running > working ? running : working;
        history_counts(made.history, i + 1, &event_begun, &event_working);
        ck_assert_int_eq(event_begun, begun);
        ck_assert_int_le(event_working, running);
        most = event_working > most ? event_working : most;
    }
    ck_assert_int_eq(history_max_in_progress(made.history), in_progress);
    ck_assert_int_eq(history_max_working(made.history), working);
    ck_assert_int_eq(most, working);
}

START_TEST(a_history_says_what_a_slow_look_at_all_events_says)
{
    int64_t end;

    random_run(_i);
    end = history_end(made.history) / NS_PER_MS;
    for (int i = 0; i < 60; i++) {
        int64_t from = draw((int)end) * NS_PER_MS;
        int64_t to = from + draw((int)end) * NS_PER_MS;

        compare_tasks(from, to);
        compare_counts(from);
        compare_machines(from);
        compare_report_line(from);
    }
    handmade_fini(&made);
}
END_TEST

START_TEST(maxima_are_those_of_a_slow_look_at_every_millisecond)
{
    random_run(_i);
    compare_maxima();
    handmade_fini(&made);
}
END_TEST

/* --- lines with classes --------------------------------------------------- */

struct stand {
    int task, priority;
    int64_t turn;
};

static size_t without(struct stand *line, size_t count, int task)
{
    size_t left = 0;

    for (size_t i = 0; i < count; i++)
        if (line[i].task != task)
            line[left++] = line[i];
    return left;
}

/* Behind all of its class, or of two who were stopped the later one first. */
static size_t with(struct stand *line, size_t count, struct stand one)
{
    size_t i = count;

    for (; i > 0 && (line[i - 1].priority < one.priority ||
                     (line[i - 1].priority == one.priority &&
                      line[i - 1].turn > one.turn));
         i--)
        line[i] = line[i - 1];
    line[i] = one;
    return count + 1;
}

static size_t obvious_line(int64_t t_ns, struct stand *line)
{
    bool classes = strcmp(made.info.policy, "fifo") != 0;
    int priority[TASKS] = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < trace_count(made.trace); i++) {
        const struct event *event = trace_at(made.trace, i);
        int task = (int)event->task;
        struct stand one = { task, 0, (int64_t)i };
        bool lent = event->kind == EVENT_PRIORITY;
        size_t left;

        if (event->t_ns > t_ns)
            break;
        if (event->task >= TASKS)
            continue;
        if (lent)
            priority[task] = (int)event->value;
        if (lent && (!event->object || !classes))
            continue;
        left = without(line, count, task);
        if (lent && left == count)
            continue;
        if (classes && event->kind == EVENT_READY &&
            event->object == READY_PREEMPTED && event->value >= 0)
            one.turn = -one.turn;
        one.priority = classes ? priority[task] : 0;
        count = left;
        if (lent || event->kind == EVENT_READY)
            count = with(line, count, one);
    }
    return count;
}

/* Only the policy that asks for priorities has classes. */
START_TEST(a_line_is_that_of_a_slow_look_at_all_events)
{
    with_priorities = true;
    random_run_of(_i, LONG_RUN, _i % 2 ? "priority" : "fifo");
    for (int i = 0; i < 60; i++) {
        int64_t t_ns = draw((int)(history_end(made.history) / NS_PER_MS)) *
                       NS_PER_MS;
        struct stand obvious[TASKS + 1];
        int line[TASKS];
        size_t count = obvious_line(t_ns, obvious);

        ck_assert_uint_eq(history_line(made.history, 0, t_ns, line, TASKS),
                          count);
        for (size_t k = 0; k < count; k++)
            ck_assert_int_eq(line[k], obvious[k].task);
    }
    handmade_fini(&made);
}
END_TEST

/* --- numbers -------------------------------------------------------------- */

static int64_t obvious_entries(int task)
{
    int64_t entries = 0;

    for (size_t i = 0; i < trace_count(made.trace); i++) {
        const struct event *event = trace_at(made.trace, i);

        entries += event->task == (uint32_t)task && event->kind == EVENT_RUN &&
                   event->object != RUN_CONTINUED;
    }
    return entries;
}

/* The stay in line that the end of the run cuts off. */
static int64_t unfinished_stay(int task, int64_t end)
{
    int64_t from = end;

    while (from > 0 && obvious_at(task, from - NS_PER_MS) == STATE_IN_LINE)
        from -= NS_PER_MS;
    return obvious_at(task, end) == STATE_IN_LINE ? end - from : 0;
}

START_TEST(numbers_agree_with_a_slow_look_at_all_events)
{
    struct metrics *metrics;
    int64_t end, busy = 0;

    random_run(_i);
    metrics = metrics_new(made.history);
    end = metrics->end_ns;
    for (int task = 0; task < TASKS; task++) {
        const struct task_metrics *n = &metrics->task[task];

        busy += obvious_time(task, STATE_RUNNING, 0, end);
        ck_assert_int_eq(n->wait_ns + unfinished_stay(task, end),
                         obvious_time(task, STATE_IN_LINE, 0, end));
        ck_assert_int_eq(n->entries, obvious_entries(task));
        if (n->first_ns != TIME_NEVER)
            ck_assert(obvious_begun(task, n->first_ns) ||
                      n->finish_ns == n->first_ns);
    }
    ck_assert_int_eq(metrics->busy_ns, busy);
    ck_assert_int_eq(metrics->idle_ns, MACHINES * end - busy);
    metrics_free(metrics);
    handmade_fini(&made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("history_random");
    TCase *tcase = tcase_create("history_random");

    tcase_add_loop_test(
        tcase, a_history_says_what_a_slow_look_at_all_events_says, 1, 6);
    tcase_add_loop_test(
        tcase, maxima_are_those_of_a_slow_look_at_every_millisecond, 1, 3);
    tcase_add_loop_test(tcase, a_line_is_that_of_a_slow_look_at_all_events, 1,
                        8);
    tcase_add_loop_test(tcase, numbers_agree_with_a_slow_look_at_all_events, 1,
                        9);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
