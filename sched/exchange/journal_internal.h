/*
 * journal_internal.h -- what a journal is made of; for its own files only.
 *
 *   journal.c        writes down
 *   journal_sort.c   brings in order
 *   journal_play.c   becomes a trace
 *   journal_live.c   the same while it is still written
 *   journal_settle.c where a lane is, when all that happens at an instant has
 *   journal_remark.c what is told about the file
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_JOURNAL_INTERNAL_H
#define CONCVIZ_SCHED_EXCHANGE_JOURNAL_INTERNAL_H

#include "sched/base/strbuf.h"
#include "sched/exchange/journal.h"
#include "sched/workload/names.h"

struct arena;

enum {
    OBJECT_KINDS = ARRAY_RWLOCK + 1
};

struct journal {
    char *path;
    struct arena *arena; /* of all names */
    struct names keys;   /* of lanes */
    struct journal_lane *lane;
    size_t lane_capacity;
    struct names words;
    struct names object[OBJECT_KINDS];
    struct journal_moment *moment;
    size_t moments, moment_capacity;
    struct journal_place {
        int64_t id;
        bool is_cpu;
    } place[JOURNAL_PLACES_MAX];
    int places;
    struct strbuf source; /* the text of the program, for people to see */
    const char *mode;     /* or NULL */
    bool model;
    enum observed observed;
    struct trace_listener *listener; /* or NULL */
    bool exited;
    enum outcome how; /* OUTCOME_FINISHED, unless we have ended it */
    int status;       /* once it has exited, as in waitpid */
    struct journal_told {
        int times, line, column;
    } told[REMARKS];
};

/* Bring the moments in the order in which they happened. */
void journal_sort(struct journal *journal);

/* Where a lane is while its moments are gone through. */
struct journal_course {
    struct journal_moment want; /* the last of its states */
    int task;                   /* in the workload, or -1 */
    int machine;                /* where it is, or was last; -1: nowhere */
    int depth, deep;      /* slices that are open; of asynchronous ones those
                              that compute */
    bool known;           /* want holds */
    int name, said;       /* word: of the outermost slice; told last */
    uint32_t begins_left; /* of slices, or where there are states, of those */
    uint8_t event;        /* where the trace says it is; 0: nowhere yet */
    int16_t wait;         /* what for */
    int32_t object;
    uint32_t inside; /* the lane it runs in the middle of, or NO_LANE */
    bool touched, ran, done;
};

struct journal_play {
    struct journal *journal;
    struct trace *trace; /* NULL: only to see how many machines it takes */
    int64_t zero_ns, now_ns, last_ns;
    struct journal_course *course; /* by lane */
    uint32_t *touched; /* lanes to settle at the end of the instant */
    size_t touched_count;
    int machines; /* used so far */
    uint32_t
        at[JOURNAL_PLACES_MAX]; /* by machine: the lane there, or NO_LANE */
    int *served;                /* by word: the machine that serves it, or -1 */
    int64_t *text;              /* by word: its number in the trace, or 0 */
    uint32_t *owner; /* by word: the lane served under it, or NO_LANE */
    int machine_of[JOURNAL_PLACES_MAX]; /* by place */
};

/* Is it somebody who is shown? */
bool journal_is_task(const struct journal_lane *lane);

/* Nothing has happened to the lane, whose task is this one, so far. */
void journal_begin_lane(struct journal_play *play, uint32_t lane, int task);

/* Write an event of the run at the instant that it has come to. */
void journal_tell(struct journal_play *play, enum event_kind kind, int machine,
                  int object, int64_t value);

/* Go on to a moment, and do what it says. */
void journal_step(struct journal_play *play,
                  const struct journal_moment *moment);

/* Whether everybody was seen to end. */
bool journal_all_are_done(const struct journal_play *play);

/* The task of a lane that a moment names; -1: nobody. */
int64_t journal_task(const struct journal_play *play, int32_t lane);

/* Say in the trace that the lane is elsewhere, as a moment tells. */
void journal_move(struct journal_play *play, uint32_t lane,
                  const struct journal_moment *to);

/* The number of a word in the trace, as a text that is said. */
int64_t journal_said(struct journal_play *play, int word);

/* Say the name of its outermost slice, if that is another than before. */
void journal_tell_name(struct journal_play *play, uint32_t lane);

/* Settle it at the end of the instant; settle all those. */
void journal_touch(struct journal_play *play, uint32_t lane);
void journal_settle(struct journal_play *play);

/* The last instant is over: close what is open. */
void journal_close(struct journal_play *play);

#endif
