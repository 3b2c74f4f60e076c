/*
 * perf_read.c -- lines of the kernel's scheduler become moments of threads.
 *
 *   COMM TID [CPU] SECONDS: sched:sched_switch: prev_comm=… prev_pid=…
 *       prev_state=S ==> next_comm=… next_pid=…
 *   COMM TID [CPU] SECONDS: sched:sched_wakeup: comm=… pid=…
 *   COMM TID [CPU] SECONDS: PERF_RECORD_SWITCH IN
 *   COMM TID [CPU] SECONDS: PERF_RECORD_SWITCH OUT preempt
 *   COMM TID [CPU] SECONDS: PERF_RECORD_FORK(12:13):(12:12)
 *
 * TID may be PID/TID, [CPU] may be missing or [-01]: nobody knows it. All other events are passed over; so are
 * lines that are none, as those of call chains.
 *
 * If only some threads are recorded, others are still named as those who come
 * next; when they left nobody saw, so they are no tasks.
 *
 * Numbers of threads are used again: after its end, a number is another thread.
 * Thread 0 is nobody: the CPU is idle.
 */
#include "sched/exchange/perf_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/exchange/feed.h"
#include "sched/exchange/fixed_point.h"
#include "sched/exchange/journal.h"
#include "sched/exchange/perf_line.h"

struct perf {
    struct journal *journal;
    int line;
    bool more;
};

bool perf_read_knows(const char *text, size_t length)
{
    char line[512];
    const char *end = text + length;

    for (int lines = 0; lines < 200 && text < end; lines++) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t bytes = (size_t)((newline ? newline : end) - text);
        struct perf_head head;

        if (bytes < sizeof line) {
            memcpy(line, text, bytes);
            line[bytes] = '\0';
            if (strlen(line) == bytes && perf_line_head(line, &head))
                return true;
        }
        text = newline ? newline + 1 : end;
    }
    return false;
}

/* --- threads -------------------------------------------------------------- */

/* The lane of a thread, whatever it is called now; JOURNAL_NO_LANE of none. */
static uint32_t lane_of(struct perf *perf, int64_t tid, const char *comm)
{
    struct journal *journal = perf->journal;
    struct journal_lane *lane;
    char key[64];
    uint32_t number, first; /* of that number, and the first one */
    int word;

    if (tid <= 0)
        return JOURNAL_NO_LANE;
    snprintf(key, sizeof key, "%lld", (long long)tid);
    first = number = journal_lane(journal, key);
    if (first != JOURNAL_NO_LANE && journal_lane_at(journal, first)->ended) {
        number = journal_lane_at(journal, first)->other;
        if (number == JOURNAL_NO_LANE ||
            journal_lane_at(journal, number)->ended) {
            snprintf(key, sizeof key, "%lld again %u", (long long)tid,
                     journal_lanes(journal));
            number = journal_lane(journal, key);
            journal_lane_at(journal, first)->other = number;
        }
    }
    if (number == JOURNAL_NO_LANE) {
        journal_remark(journal, REMARK_LANES, perf->line, 1);
        return number;
    }
    word = journal_word(journal, comm);
    lane = journal_lane_at(journal, number);
    if (lane->label < 0)
        lane->is_no_task = true;
    if (word >= 0)
        lane->name = word;
    snprintf(key, sizeof key, "%lld", (long long)tid);
    lane->label = journal_word(journal, key);
    return number;
}

static void add(struct perf *perf, const struct perf_head *head, uint32_t lane,
                struct journal_moment moment)
{
    if (lane == JOURNAL_NO_LANE)
        return;
    moment.t_ns = head->t_ns;
    moment.lane = lane;
    perf->more = journal_add(perf->journal, moment) && perf->more;
}

/* Its events are recorded, and not only those of others that name it. */
static void note_seen(struct perf *perf, uint32_t lane)
{
    if (lane != JOURNAL_NO_LANE)
        journal_lane_at(perf->journal, lane)->is_no_task = false;
}

static uint16_t place_of(struct perf *perf, const struct perf_head *head)
{
    return head->cpu < 0 ? JOURNAL_NO_PLACE
                         : journal_place(perf->journal, head->cpu, true);
}

static void comes(struct perf *perf, const struct perf_head *head,
                  uint32_t lane)
{
    uint16_t place = place_of(perf, head);

    add(perf, head, lane,
        (struct journal_moment){ .kind = MOMENT_IS,
                                 .event = EVENT_RUN,
                                 .object = -1,
                                 .place = place });
}

/* state: as the kernel prints it, "R" for ready, "X" and "Z" for the end. */
static void leaves(struct perf *perf, const struct perf_head *head,
                   uint32_t lane, char state, uint32_t next)
{
    struct journal_moment moment = { .kind = MOMENT_IS,
                                     .event = EVENT_AWAIT,
                                     .value = TIME_NEVER,
                                     .object = -1,
                                     .place = JOURNAL_NO_PLACE };

    if (state == 'R') {
        moment.event = EVENT_READY;
        moment.value = READY_PREEMPTED;
        moment.object = next == JOURNAL_NO_LANE ? -1 : (int32_t)next;
    } else if (state == 'X' || state == 'Z') {
        moment.event = EVENT_DONE;
    }
    note_seen(perf, lane);
    add(perf, head, lane, moment);
    if (moment.event == EVENT_DONE && lane != JOURNAL_NO_LANE)
        journal_lane_at(perf->journal, lane)->ended = true;
}

/* --- events --------------------------------------------------------------- */

static bool sched_switch(struct perf *perf, const struct perf_head *head,
                         const char *text)
{
    struct perf_switch s;
    uint32_t next, lane;

    if (!perf_line_switch(text, &s))
        return false;
    lane = lane_of(perf, s.tid[0], s.comm[0]);
    next = lane_of(perf, s.tid[1], s.comm[1]);
    leaves(perf, head, lane, s.state, next);
    comes(perf, head, next);
    return true;
}

/* Both that a thread is woken and that it will be. */
static bool sched_wakeup(struct perf *perf, const struct perf_head *head,
                         const char *text)
{
    struct journal_moment moment = { .kind = MOMENT_WOKEN,
                                     .value = READY_WOKEN,
                                     .place = JOURNAL_NO_PLACE };
    char comm[PERF_COMM_BYTES];
    int64_t tid;
    uint32_t by, lane;

    if (!perf_line_woken(text, comm, &tid))
        return false;
    lane = lane_of(perf, tid, comm);
    by = lane_of(perf, head->tid, head->comm);
    note_seen(perf, by);
    moment.object = by == JOURNAL_NO_LANE || by == lane ? -1 : (int32_t)by;
    add(perf, head, lane, moment);
    return true;
}

static void created(struct perf *perf, const struct perf_head *head,
                    int64_t tid, const char *comm, int64_t parent)
{
    uint32_t by = lane_of(perf, parent, "");
    uint32_t lane = lane_of(perf, tid, comm);

    if (head->t_ns == 0) /* it was there before, perf only says so */
        return;
    add(perf, head, lane,
        (struct journal_moment){ .kind = MOMENT_CREATED,
                                 .object = by == JOURNAL_NO_LANE ? -1
                                                                 : (int32_t)by,
                                 .place = JOURNAL_NO_PLACE });
}

static bool sched_fork(struct perf *perf, const struct perf_head *head,
                       const char *text)
{
    char comm[PERF_COMM_BYTES];
    int64_t tid = perf_line_number(text, "child_pid=");

    if (tid < 0)
        return false;
    perf_line_field(text, "child_comm=", " child_pid=", comm);
    created(perf, head, tid, comm, head->tid);
    return true;
}

/* "(PID:TID):(PARENT PID:TID)" */
static bool record_fork(struct perf *perf, const struct perf_head *head,
                        const char *text)
{
    long long tid, parent;

    if (sscanf(text, "(%*18d:%18lld):(%*18d:%18lld)", &tid, &parent) != 2)
        return false;
    created(perf, head, tid, head->comm, parent);
    return true;
}

static bool record_exit(struct perf *perf, const struct perf_head *head,
                        const char *text)
{
    long long tid;

    if (sscanf(text, "(%*18d:%18lld)", &tid) != 1)
        return false;
    leaves(perf, head, lane_of(perf, tid, head->comm), 'X', JOURNAL_NO_LANE);
    return true;
}

/* " exec: NAME:PID/TID" */
static bool record_comm(struct perf *perf, const struct perf_head *head,
                        const char *text)
{
    const char *name = strchr(text, ' '), *slash = strrchr(text, '/');
    const char *colon = strrchr(text, ':');
    char comm[PERF_COMM_BYTES];
    int64_t tid;

    (void)head;
    if (strncmp(text, " exec: ", 7) == 0)
        name = text + 6;
    if (!name || !slash || !colon || colon < name + 1 ||
        !fixed_point_read(slash + 1, strcspn(slash + 1, " "), 0, &tid))
        return false;
    snprintf(comm, sizeof comm, "%.*s",
             colon - name < 63 ? (int)(colon - name) - 1 : 63, name + 1);
    lane_of(perf, tid, comm);
    return true;
}

static bool record_switch(struct perf *perf, const struct perf_head *head,
                          const char *text)
{
    uint32_t lane = lane_of(perf, head->tid, head->comm);

    note_seen(perf, lane);
    text += strspn(text, " ");
    if (strncmp(text, "IN", 2) == 0)
        comes(perf, head, lane);
    else if (strncmp(text, "OUT", 3) == 0)
        leaves(perf, head, lane, strstr(text, "preempt") ? 'R' : 'S',
               JOURNAL_NO_LANE);
    else
        return false;
    return true;
}

static bool take_line(void *context, char *line, size_t length, int number)
{
    static const struct {
        const char *name;
        bool (*read)(struct perf *perf, const struct perf_head *head,
                     const char *text);
    } event[] = {
        { "sched:sched_switch:", sched_switch },
        { "sched:sched_wakeup:", sched_wakeup },
        { "sched:sched_wakeup_new:", sched_wakeup },
        { "sched:sched_waking:", sched_wakeup },
        { "sched:sched_process_fork:", sched_fork },
        { "PERF_RECORD_SWITCH_CPU_WIDE", record_switch },
        { "PERF_RECORD_SWITCH", record_switch },
        { "PERF_RECORD_FORK", record_fork },
        { "PERF_RECORD_EXIT", record_exit },
        { "PERF_RECORD_COMM", record_comm },
    };
    struct perf *perf = context;
    struct perf_head head;

    (void)length;
    perf->line = number;
    if (!perf_line_head(line, &head))
        return true;
    for (size_t i = 0; i < sizeof event / sizeof *event; i++) {
        size_t bytes = strlen(event[i].name);
        const char *text = head.event + bytes;

        if (strncmp(head.event, event[i].name, bytes) != 0)
            continue;
        text += event[i].read == record_comm ? *text == ':'
                                             : strspn(text, ": ");
        if (!event[i].read(perf, &head, text))
            journal_remark(perf->journal, REMARK_BAD_LINE, number, 1);
        break;
    }
    return perf->more;
}

void perf_read(struct journal *journal, struct input *input)
{
    struct perf perf = { .journal = journal, .more = true };

    feed_lines(journal, input, take_line, &perf);
}
