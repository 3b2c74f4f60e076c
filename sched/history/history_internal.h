/*
 * history_internal.h -- what a history is made of; for its own files only.
 *
 *   history.c          reads the events, once each, in order
 *   history_state.c    where an event puts its task
 *   history_task.c     answers by task
 *   history_machine.c  answers by machine
 *   history_count.c    answers by count
 *   history_group.c    answers by group of tasks
 *   history_line.c     answers who stands in line
 *   history_lock.c     answers who has a lock
 *   history_mark.c     answers what deserves a sign on the timeline
 *   history_event.c    answers by event
 *   history_value.c    answers about values, and where in the text a task is
 */
#ifndef CONCVIZ_SCHED_HISTORY_HISTORY_INTERNAL_H
#define CONCVIZ_SCHED_HISTORY_HISTORY_INTERNAL_H

#include "sched/history/history.h"
#include "sched/history/lane.h"

/* What people see as STATE_HELD while a machine is changing over to the task:
 * it has left the line and is not served yet. */
#define STATE_CHOSEN ((int)STATE_COUNT)

_Static_assert(STATE_CHOSEN < (int)LANE_STATES, "a state fits in a lane");

static inline enum task_state history_seen_as(unsigned state)
{
    return state == STATE_CHOSEN ? STATE_HELD : (enum task_state)state;
}

/* How many there are of everything that is counted. */
struct tally {
    int in_state[LANE_STATES];
    int in_progress;
};

/* What one event changed in the tally: its task left this state … */
enum {
    CHANGE_STATE = 15,       /* mask: the state it left */
    CHANGE_NOTHING = 1 << 4, /* … unless no task moved at all */
    CHANGE_BEGAN = 1 << 5,   /* one more in progress */
    CHANGE_ENDED = 1 << 6,   /* one less */
};

enum {
    TALLY_BLOCK = 128,  /* events between two stored tallies */
    GROUP_BLOCK = 4096, /* events between two stored sums of all groups */
};

/* How many tasks of one group are in each state; and the ends of all stays
 * there that are over, less the beginnings of all that have begun. */
struct history_group {
    uint64_t ns[LANE_STATES];
    int32_t count[LANE_STATES];
};

struct history_lines;  /* history_line.c */
struct history_values; /* history_value.c */

struct history {
    const struct trace *trace;       /* borrowed from the caller */
    const struct workload *workload; /* borrowed from the trace */
    size_t read;                     /* events read so far */
    int64_t end_ns;
    bool ended;
    enum outcome outcome;
    enum observed observed;
    int64_t *unbound_ns; /* by machine: since when it has no core of its own */

    struct arena *arena; /* of all lanes */

    /* By task. What a stretch remembers: the event that began it. */
    struct lane *task;
    size_t task_count;
    uint16_t *at_machine; /* where its last event of place was */
    struct life {
        int64_t begun_ns, ended_ns; /* first RUN, DONE; or TIME_NEVER */
    } * life;

    /* By machine. What a stretch remembers: the task. */
    struct lane *machine;
    int machine_count;

    /* By count. */
    struct tally now;
    struct tally_block {
        struct tally before; /* its events */
        int64_t first_ns;    /* when the first of them was */
        uint16_t entered;    /* bits of states that tasks left others for */
    } * block;               /* of TALLY_BLOCK events each */
    size_t block_capacity;
    uint8_t *change; /* change[i]: what event i changed */
    size_t change_capacity;
    int max_in_progress; /* after any event */
    int max_working;     /* until the last event */
    int64_t last_ns;     /* when that was */

    /* By group of tasks: history_group.c. */
    struct groups {
        int count, size;
        struct history_group *now;   /* of each group, at the last event read */
        struct history_group *block; /* the same after k * GROUP_BLOCK events */
        size_t capacity;
    } groups;

    struct history_lines *lines;

    /* By lock. What a stretch remembers: the event that changed the
     * owner. */
    struct lane *lock;
    size_t lock_count;
    int *owner; /* now; -1: nobody */

    struct task_marks **mark; /* by task, NULL: none; NULL: none at all */
    struct history_values *values;
};

/* t_ns within the run. */
static inline int64_t history_clip(const struct history *history, int64_t t_ns)
{
    if (t_ns < 0)
        return 0;
    return t_ns < history->end_ns ? t_ns : history->end_ns;
}

/* Nanoseconds before t_ns in which a task with this life had had no event: it
 * was absent. */
static inline int64_t history_unseen(const struct lane *life, int64_t t_ns)
{
    return life->count && life->entry[0].from_ns < t_ns ? life->entry[0].from_ns
                                                        : t_ns;
}

/* The state a task is in after an event of place of this kind; STATE_CHOSEN is
 * one of them. */
extern const uint8_t history_state_of[];

static inline unsigned history_state_after(unsigned kind)
{
    return history_state_of[kind];
}

/* Everything counted as it was when only the first `events` events had
 * happened. O(TALLY_BLOCK). */
struct tally history_tally(const struct history *history, size_t events);

/*
 * The parts of a history of which one file each takes care. An event is told
 * to all of them before it is counted as read: those of place to machine,
 * before the stretch it begins is added to the life of its task; all to
 * count and group, with what the event changed.
 */
void history_machine_event(struct history *history, const struct event *event);
void history_lock_event(struct history *history, const struct event *event);

void history_mark_event(struct history *history, const struct event *event);
void history_mark_fini(struct history *history);

void history_value_init(struct history *history);
void history_value_fini(struct history *history);
void history_value_say_event(struct history *history);

void history_line_init(struct history *history);
void history_line_fini(struct history *history);
void history_line_priority(struct history *history, const struct event *event);
/* All events so far have been counted: is it time to write down who stands? */
void history_line_keep(struct history *history);

/* Make room for so many events. */
void history_count_room(struct history *history, size_t events);
void history_count_init(struct history *history);
void history_count_fini(struct history *history);
void history_count_event(struct history *history, const struct event *event,
                         unsigned change);

void history_group_init(struct history *history);
void history_group_fini(struct history *history);
void history_group_event(struct history *history, const struct event *event,
                         unsigned change);

#endif
