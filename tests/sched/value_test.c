/*
 * Values at any instant against the obvious: of random workloads the trace is
 * replayed from its start, event by event, and all that history_value says is
 * compared with what that leaves.
 */
#include "tests/suite.h"

#include "sched/base/random.h"
#include "sched/history/attendance.h"
#include "sched/history/history_value.h"
#include "tests/sched/modelled.h"
#include "tests/sched/random_workload.h"

enum {
    SEEDS = 1000,
    PARTS = 10, /* a test has each so-manyth seed */
    INSTANTS = 50,
    ROOM = 64, /* tasks, objects, values in a channel */
    LINES = 9  /* kinds of waiting that are asked about */
};

/* What a replay knows. */
struct obvious {
    struct {
        int64_t value, before, since_ns;
        int by;
        bool had_read;
        int64_t read, read_ns;
    } shared[4];
    struct {
        bool is_there, old;
        int64_t value, read_ns;
        size_t event;
    } copy[ROOM][4];
    struct {
        int64_t value[ROOM * ROOM];
        size_t first, count;
        bool closed;
    } channel[4];
    struct {
        int wait, object; /* -1: does not wait */
        size_t since;
    } task[ROOM];
    int64_t permits[4];
    size_t has[ROOM][4]; /* a readers-writer lock: since event + 1 */
    bool writes[4];
    int gil;
    size_t step[ROOM], said; /* step: event + 1 */
};

static const enum wait_kind lines[LINES] = {
    WAIT_LOCK,      WAIT_SEND,      WAIT_RECV, WAIT_BARRIER, WAIT_GIL,
    WAIT_SEMAPHORE, WAIT_CONDITION, WAIT_READ, WAIT_WRITE
};

static void begin(struct obvious *now, const struct workload *workload)
{
    memset(now, 0, sizeof *now);
    now->gil = -1;
    for (size_t i = 0; i < workload->shared_count; i++) {
        now->shared[i].value = workload->shared[i].initial;
        now->shared[i].before = workload->shared[i].initial;
        now->shared[i].by = -1;
    }
    for (size_t i = 0; i < workload->semaphore_count; i++)
        now->permits[i] = workload->semaphore[i].initial;
    for (int i = 0; i < ROOM; i++)
        now->task[i].wait = -1;
}

static void write_value(struct obvious *now, const struct event *event)
{
    int i = event->object, task = (int)event->task;

    now->shared[i].before = now->shared[i].value;
    now->shared[i].value = event->value;
    now->shared[i].since_ns = event->t_ns;
    now->shared[i].by = task;
    now->shared[i].had_read = now->copy[task][i].is_there;
    now->shared[i].read = now->copy[task][i].value;
    now->shared[i].read_ns = now->copy[task][i].read_ns;
    now->copy[task][i].is_there = false;
    for (int other = 0; other < ROOM; other++)
        if (other != task)
            now->copy[other][i].old = true;
}

static void move(struct obvious *now, const struct event *event, size_t index)
{
    int task = (int)event->task;
    bool held = event->kind == EVENT_HOLD;

    now->task[task].wait = -1;
    if (event->kind == EVENT_BLOCKED || (held && event->object != WAIT_GIL)) {
        now->task[task].wait = event->object;
        now->task[task].object = held ? (int)event->spare : (int)event->value;
        now->task[task].since = index;
    }
    if ((event->kind == EVENT_BLOCKED || held || event->kind == EVENT_AWAIT ||
         event->kind == EVENT_DONE) &&
        now->gil == task)
        now->gil = -1;
    if (event->kind == EVENT_DONE)
        for (int i = 0; i < 4; i++)
            now->copy[task][i].is_there = false;
}

static void happen(struct obvious *now, const struct event *event, size_t index)
{
    int task = (int)event->task, object = event->object;

    if (event->task != EVENT_NO_TASK && event_is_place(event->kind))
        move(now, event, index);
    switch ((enum event_kind)event->kind) {
    case EVENT_READ:
        now->copy[task][object].is_there = true;
        now->copy[task][object].old = false;
        now->copy[task][object].value = event->value;
        now->copy[task][object].read_ns = event->t_ns;
        now->copy[task][object].event = index;
        break;
    case EVENT_WRITE:
        write_value(now, event);
        break;
    case EVENT_SENT:
        now->channel[object].value[now->channel[object].first +
                                   now->channel[object].count++] = event->value;
        break;
    case EVENT_RECEIVED:
        now->channel[object].first++;
        now->channel[object].count--;
        break;
    case EVENT_CLOSED:
        now->channel[object].closed = true;
        break;
    case EVENT_ACQUIRED:
    case EVENT_RELEASED:
        now->permits[object] = event->value;
        break;
    case EVENT_RLOCKED:
    case EVENT_WLOCKED:
        now->has[task][object] = index + 1;
        now->writes[object] = event->kind == EVENT_WLOCKED;
        break;
    case EVENT_RELINQUISHED:
        now->has[task][object] = 0;
        break;
    case EVENT_GIL:
        now->gil = task;
        break;
    case EVENT_STEP:
        now->step[task] = index + 1;
        break;
    case EVENT_SAY:
        now->said++;
        break;
    default:
        break;
    }
}

/* --- comparing ------------------------------------------------------------ */

static void expect_variables(const struct modelled *run,
                             const struct obvious *now, size_t events)
{
    struct value_copy copy[ROOM];

    for (int i = 0; i < (int)run->workload->shared_count; i++) {
        struct value_shared is = history_value_shared(run->history, i, events);
        size_t copies = history_value_copies(run->history, i, events, copy,
                                             ROOM);

        ck_assert_int_eq(is.value, now->shared[i].value);
        ck_assert_int_eq(is.before, now->shared[i].before);
        ck_assert_int_eq(is.by, now->shared[i].by);
        ck_assert_int_eq(is.since_ns, now->shared[i].since_ns);
        ck_assert_int_eq(is.had_read, now->shared[i].had_read);
        if (is.had_read) {
            ck_assert_int_eq(is.read, now->shared[i].read);
            ck_assert_int_eq(is.read_ns, now->shared[i].read_ns);
        }
        for (size_t k = 0; k < copies; k++) {
            ck_assert(now->copy[copy[k].task][i].is_there);
            ck_assert_int_eq(copy[k].value, now->copy[copy[k].task][i].value);
            ck_assert_int_eq(copy[k].old, now->copy[copy[k].task][i].old);
            ck_assert_int_eq(copy[k].read_ns,
                             now->copy[copy[k].task][i].read_ns);
            if (k > 0)
                ck_assert_uint_gt(now->copy[copy[k].task][i].event,
                                  now->copy[copy[k - 1].task][i].event);
        }
        for (int task = 0; task < ROOM; task++)
            copies -= now->copy[task][i].is_there;
        ck_assert_uint_eq(copies, 0);
    }
}

static void expect_channels(const struct modelled *run,
                            const struct obvious *now, size_t events)
{
    size_t sent[ROOM];

    for (int i = 0; i < (int)run->workload->channel_count; i++) {
        struct value_channel is = history_value_channel(run->history, i,
                                                        events);

        ck_assert_uint_eq(is.count, now->channel[i].count);
        ck_assert_int_eq(is.closed, now->channel[i].closed);
        ck_assert_uint_eq(history_value_in(run->history, i, events, sent, ROOM),
                          is.count);
        for (size_t k = 0; k < is.count; k++)
            ck_assert_int_eq(trace_at(run->trace, sent[k])->value,
                             now->channel[i].value[now->channel[i].first + k]);
    }
}

static void expect_semaphores(const struct modelled *run,
                              const struct obvious *now, size_t events)
{
    for (int i = 0; i < (int)run->workload->semaphore_count; i++)
        ck_assert_int_eq(history_value_permits(run->history, i, events),
                         now->permits[i]);
    for (int i = 0; i < (int)run->workload->rwlock_count; i++) {
        int task[ROOM];
        bool writes;
        size_t count = history_value_holders(run->history, i, events, &writes,
                                             task, ROOM);

        ck_assert_int_eq(writes, count > 0 && now->writes[i]);
        for (size_t k = 0; k < count; k++)
            ck_assert_uint_gt(now->has[task[k]][i],
                              k > 0 ? now->has[task[k - 1]][i] : 0);
        for (int k = 0; k < ROOM; k++)
            count -= now->has[k][i] > 0;
        ck_assert_uint_eq(count, 0);
    }
}

static void expect_waiting(const struct modelled *run,
                           const struct obvious *now, size_t events,
                           enum wait_kind wait, int object)
{
    int task[ROOM];
    size_t count = history_value_waiting(run->history, wait, object, events,
                                         task, ROOM);

    for (size_t k = 0; k < count; k++) {
        ck_assert_int_eq(now->task[task[k]].wait, wait);
        ck_assert_int_eq(now->task[task[k]].object, object);
        if (k > 0)
            ck_assert_uint_gt(now->task[task[k]].since,
                              now->task[task[k - 1]].since);
    }
    for (int i = 0; i < ROOM; i++)
        count -= now->task[i].wait == (int)wait &&
                 now->task[i].object == object;
    ck_assert_uint_eq(count, 0);
}

static void expect_steps(const struct modelled *run, const struct obvious *now,
                         size_t events)
{
    for (int i = 0; i < (int)run->workload->task_count; i++) {
        size_t step = 0;

        ck_assert_int_eq(history_value_step(run->history, i, events, &step),
                         now->step[i] > 0);
        if (now->step[i])
            ck_assert_uint_eq(step + 1, now->step[i]);
    }
    ck_assert_uint_eq(history_value_said(run->history, events), now->said);
}

static void expect_all(const struct modelled *run, const struct obvious *now,
                       size_t events)
{
    expect_variables(run, now, events);
    expect_channels(run, now, events);
    expect_semaphores(run, now, events);
    for (int i = 0; i < LINES; i++)
        for (int object = 0; object < 4; object++)
            expect_waiting(run, now, events, lines[i], object);
    ck_assert_int_eq(history_value_gil(run->history, events, NULL), now->gil);
    expect_steps(run, now, events);
}

/* --- random workloads ----------------------------------------------------- */

/* Every fourth is about what random_workload.h knows nothing of. */
static void write_sync_step(struct strbuf *text, uint64_t *chance)
{
    int ms = (int)random_below(chance, 30);

    switch (random_below(chance, 5)) {
    case 0:
        strbuf_addf(text, "acquire s, cpu %d, release s", ms);
        break;
    case 1:
        strbuf_addf(text, "rlock r, sleep %d, unlock r", ms);
        break;
    case 2:
        strbuf_addf(text, "wlock r, cpu %d, unlock r", ms);
        break;
    case 3:
        strbuf_adds(text, ms < 20 ? "signal c, cpu 5" : "broadcast c");
        break;
    default:
        strbuf_addf(text, "lock m, %s, cpu %d, unlock m",
                    ms % 3 ? "read n, write n+1" : "wait c with m", ms);
    }
}

static void write_sync(struct strbuf *text, uint64_t chance)
{
    strbuf_addf(text, "semaphore s = %d\nrwlock r\ncondition c\nshared n = 0\n",
                (int)random_below(&chance, 3));
    for (int task = 0; task < 6; task++) {
        strbuf_addf(text, "task T%d: cpu 1", task);
        for (int i = 0; i < 8; i++) {
            strbuf_adds(text, ", ");
            write_sync_step(text, &chance);
        }
        strbuf_addc(text, '\n');
    }
}

static void run_seed(struct modelled *run, uint64_t seed)
{
    static const char *const mode[] = { "coroutine", "threads", "parallel",
                                        "sequential", "hybrid" };
    struct strbuf text;

    strbuf_init(&text);
    if (seed % 4 == 3)
        write_sync(&text, seed);
    else
        random_workload(&text, seed);
    modelled_init(run, mode[seed % 5], text.text);
    if (seed % 3 == 0 && (run->mode->mode->traits & PREEMPTIVE))
        run->options.gil_ns = MS(5);
    if (run->mode->mode->traits & PARALLEL)
        run->options.machines = 2;
    run->trace = executor_trace(run->mode, run->workload, &run->options);
    executor_run(run->mode, run->workload, &run->options, run->trace,
                 &run->diag);
    run->history = history_new(run->trace);
    history_update(run->history);
    strbuf_fini(&text);
}

START_TEST(values_at_any_instant_are_those_of_a_straight_replay)
{
    static struct obvious now;
    uint64_t chance = (uint64_t)_i;

    for (uint64_t seed = (uint64_t)_i; seed < SEEDS; seed += PARTS) {
        struct modelled run;
        size_t events, at = 0;

        run_seed(&run, seed);
        events = trace_count(run.trace);
        begin(&now, run.workload);
        for (int i = 0; i < INSTANTS; i++) {
            size_t most = 1 + 2 * events / INSTANTS;
            size_t to = at + (size_t)random_below(&chance, most);

            for (; at < events && at < to; at++)
                happen(&now, trace_at(run.trace, at), at);
            expect_all(&run, &now, at);
        }
        modelled_fini(&run);
    }
}
END_TEST

/* --- one by one ----------------------------------------------------------- */

static const char counting[] = "shared n = 5\n"
                               "task A: read n, cpu 30, write n+1\n"
                               "task B: read n, cpu 30, write n+1\n";

START_TEST(a_write_from_an_old_copy_loses_the_update_before)
{
    struct modelled run;
    struct value_shared n;
    size_t last;

    modelled_init(&run, "threads", counting);
    modelled_run(&run);
    last = history_after(run.history, history_end(run.history));
    n = history_value_shared(run.history, 0, last);
    ck_assert_int_eq(n.value, 6);
    ck_assert_int_eq(n.before, 6);
    ck_assert_int_eq(n.by, 1);
    ck_assert_int_eq(n.read, 5);
    ck_assert_int_eq(n.lost, 0);
    ck_assert(!n.lost_others);
    n = history_value_shared(run.history, 0,
                             history_after(run.history, MS(50)));
    ck_assert_int_eq(n.by, 0);
    ck_assert_int_eq(n.lost, -1);
    modelled_fini(&run);
}
END_TEST

START_TEST(the_updates_of_several_can_be_lost_at_once)
{
    struct modelled run;
    struct value_shared n;

    modelled_init(&run, "coroutine",
                  "shared n = 0\n"
                  "task A: read n, yield, yield, write n+1\n"
                  "task B C: read n, write n+1, yield\n");
    modelled_run(&run);
    n = history_value_shared(run.history, 0, trace_count(run.trace));
    ck_assert_int_eq(n.by, 0);
    ck_assert_int_eq(n.value, 1);
    ck_assert_int_eq(n.before, 2);
    ck_assert_int_eq(n.lost, 2);
    ck_assert(n.lost_others);
    modelled_fini(&run);
}
END_TEST

/* A puts two values in, B one; C takes the first two out, one from each. */
START_TEST(what_comes_out_of_a_channel_came_from_somebody)
{
    struct modelled run;
    size_t sent[3], received = 0, from, count = 0, last;

    modelled_init(&run, "coroutine",
                  "channel c size 3\n"
                  "task A: send c, yield, send c\n"
                  "task B: send c, yield\n"
                  "task C: cpu 10, recv c, cpu 10, recv c\n");
    modelled_run(&run);
    last = trace_count(run.trace);
    for (size_t i = 0; i < last; i++) {
        const struct event *event = trace_at(run.trace, i);

        if (event->kind == EVENT_SENT && count < 3)
            sent[count++] = i;
        if (event->kind != EVENT_RECEIVED)
            continue;
        ck_assert(history_value_given(run.history, i, &from));
        ck_assert_uint_eq(from, sent[received]);
        ck_assert(history_value_stays(run.history, from, i));
        ck_assert(!history_value_stays(run.history, from, i + 1));
        received++;
    }
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(received, 2);
    ck_assert_int_eq(trace_at(run.trace, sent[1])->task, 1);
    ck_assert(history_value_stays(run.history, sent[2], last));
    modelled_fini(&run);
}
END_TEST

/* A flag that is set was not computed from what it was: then nothing is said to
 * be lost, only not seen. */
START_TEST(what_is_written_may_come_from_elsewhere)
{
    static const struct {
        const char *write;
        bool update;
    } how[] = { { "write n+1", true },
                { "n = n + 1", true },
                { "n = 7", false } };

    for (int i = 0; i < 3; i++) {
        struct modelled run;
        struct value_shared n;
        char text[160];

        snprintf(text, sizeof text,
                 "shared n = 0\n"
                 "task A: read n, yield, %s\n"
                 "task B: n = 5, yield\n",
                 how[i].write);
        modelled_init(&run, "coroutine", text);
        modelled_run(&run);
        n = history_value_shared(run.history, 0, trace_count(run.trace));
        ck_assert_int_eq(n.by, 0);
        ck_assert_int_eq(n.update, how[i].update);
        ck_assert_int_eq(n.lost, i == 1 ? -1 : 1); /* it reads again */
        modelled_fini(&run);
    }
}
END_TEST

START_TEST(who_came_first_and_stays_is_found_among_thousands_who_left)
{
    struct attendance place = { 0 };
    uint32_t came[4];

    attendance_come(&place, 7);
    for (size_t i = 10; i < 100000; i += 2)
        attendance_leave(&place, attendance_come(&place, i), i + 1);
    ck_assert_uint_eq(attendance_at(&place, 50000, came, 4), 1);
    ck_assert_uint_eq(came[0], 7);
    ck_assert_uint_eq(attendance_at(&place, 50001, came, 4), 2);
    ck_assert_uint_eq(came[1], 50000);
    ck_assert_uint_eq(attendance_at(&place, 7, came, 4), 0);
    attendance_fini(&place);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sched_value");
    TCase *tcase = tcase_create("values");

    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(
        tcase, values_at_any_instant_are_those_of_a_straight_replay, 0, PARTS);
    tcase_add_test(tcase, a_write_from_an_old_copy_loses_the_update_before);
    tcase_add_test(tcase, the_updates_of_several_can_be_lost_at_once);
    tcase_add_test(tcase, what_is_written_may_come_from_elsewhere);
    tcase_add_test(tcase, what_comes_out_of_a_channel_came_from_somebody);
    tcase_add_test(tcase,
                   who_came_first_and_stays_is_found_among_thousands_who_left);
    suite_add_tcase(suite, tcase);
    return suite_main(suite);
}
