/*
 * journal.h -- what somebody else's file says happened, before it is a trace.
 *
 * Files tell their events in any order, name things at the end, and know their
 * machines by other numbers than we do. So a reader writes down moments, one for
 * each thing that happened to a lane (a thread, a coroutine, what is drawn in a
 * row of its own); when all are there, they are brought in order and become
 * events. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_JOURNAL_H
#define CONCVIZ_SCHED_EXCHANGE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/trace/event.h"
#include "sched/workload/workload.h"

struct definitions;
struct diag;
struct journal;
struct strbuf;
struct trace;
struct trace_listener;

enum {
    JOURNAL_LANES_MAX = 100000,
    JOURNAL_MOMENTS_MAX = 20000000,
    JOURNAL_WORDS_MAX = 100000, /* different names of slices and objects */
    JOURNAL_WORD_BYTES = 256,
    JOURNAL_SOURCE_MAX = 1 << 20,
    JOURNAL_PLACES_MAX = WORKLOAD_MACHINES_MAX,
    JOURNAL_NO_PLACE = UINT16_MAX, /* nobody knows where */
    JOURNAL_NOWHERE = UINT16_MAX - 1,
};
#define JOURNAL_NO_LANE UINT32_MAX

enum journal_kind {
    MOMENT_IS,       /* it is somewhere else from now on: event */
    MOMENT_WOKEN,    /* if it waits, it is ready now; value: enum ready_cause;
                       object: lane, by whom; PREEMPTED: if it runs */
    MOMENT_ARROW,    /* the same, before all else of its instant */
    MOMENT_CREATED,  /* it is known; object: lane, by whom */
    MOMENT_BEGIN,    /* of a slice; of asynchronous ones, event RUN computes */
    MOMENT_END,      /* of one */
    MOMENT_STATE,    /* as IS, where several of an instant are one … */
    MOMENT_NO_STATE, /* … and nobody knows what is after it */
    MOMENT_SAYS,     /* object: word */
    MOMENT_TOLD,     /* of a lane without slices; event SAY, object: word; or
                        event STEP, value: line */
    MOMENT_SERVES,   /* lane: a machine's; object: word, whom it serves from now
                       on … */
    MOMENT_LEAVES,   /* … and no longer */
    MOMENT_DOES,     /* event LOCKED, UNLOCKED or THREAD, as in event.h */
};

/* 32 bytes. What has no meaning for a kind is 0, JOURNAL_NO_PLACE, or -1 for an
 * object. */
struct journal_moment {
    int64_t t_ns;  /* on any clock */
    int64_t value; /* of AWAIT: until when, or TIME_NEVER; BLOCKED, HOLD: enum
                      wait_kind; READY: enum ready_cause; BEGIN and END: how long
                      the slice is, or 0 */
    uint32_t lane;
    uint32_t order; /* filled by journal_add */
    int32_t object; /* of BLOCKED, HOLD: what it waits for, or for how many ms
                       if it holds for a TIME; CALL: lane; READY:
                       lane, by whom; BEGIN: word */
    uint16_t place; /* of RUN, SERVES */
    uint8_t kind;   /* enum journal_kind */
    uint8_t event;  /* an event of place */
};

struct journal_lane {
    int name;        /* word, or -1 */
    int label;       /* word that tells it from others of its name, or -1 */
    int served_as;   /* word of MOMENT_SERVES, or -1 */
    bool used;       /* something has happened to it */
    bool is_no_task; /* but a machine, or seen only by others */
    bool is_async;   /* slices wait unless their event is RUN */
    bool has_states; /* those say where it is: slices do not */
    bool has_slices; /* or states */
    bool ended;      /* for its reader */
    uint32_t other;  /* of a lane to which nothing happens: the lane meant
                           by it; else for its reader; or JOURNAL_NO_LANE */
    uint32_t begins; /* of slices … */
    uint32_t states; /* … and of states */
};

/* What is told about a file when it has been read. */
enum journal_remark_kind {
    REMARK_BROKEN,
    REMARK_CUT,
    REMARK_TOO_DEEP,
    REMARK_TOO_LONG,
    REMARK_TOO_BIG,
    REMARK_PACKED_CUT,
    REMARK_PACKED_DAMAGED,
    REMARK_FAILED,
    REMARK_MOMENTS,
    REMARK_LANES,
    REMARK_WORDS,
    REMARK_PLACES,
    REMARK_NO_TIME,
    REMARK_BAD_TIME,
    REMARK_NO_DURATION,
    REMARK_NO_ID,
    REMARK_BAD_LINE,
    REMARK_NO_BEGIN,
    REMARK_NO_END,
    REMARK_LOST,
    REMARK_TWO_RUNS,
    REMARK_NO_CORES,
    REMARKS
};

/* Make an empty one for a file that is named in remarks; free it. */
struct journal *journal_new(const char *path);
void journal_free(struct journal *journal);

/* The lane called key, which nobody sees; a new one if there is none.
 * JOURNAL_NO_LANE: there are too many. */
uint32_t journal_lane(struct journal *journal, const char *key);
struct journal_lane *journal_lane_at(struct journal *journal, uint32_t lane);
uint32_t journal_lanes(const struct journal *journal);
const char *journal_key(const struct journal *journal, uint32_t lane);

/* The number of a text that people will see; -1 for none. */
int journal_word(struct journal *journal, const char *text);
const char *journal_text(const struct journal *journal, int word);

/* The lock, channel … called text, a new one if there is none; -1: too many. */
int journal_object(struct journal *journal, enum array_kind kind,
                   const char *text);

/* The place called id where tasks run; is_cpu: the id of a CPU, else of a
 * thread. JOURNAL_NO_PLACE: there are too many. */
uint16_t journal_place(struct journal *journal, int64_t id, bool is_cpu);

/* Write down a moment; false: there are too many, and it is not. A moment of no
 * lane is passed over. */
bool journal_add(struct journal *journal, struct journal_moment moment);
/* The moment that was written last, or NULL. */
struct journal_moment *journal_last(struct journal *journal);
size_t journal_moments(const struct journal *journal);

/* The run was made in this mode, and only computed if it is a model's; where
 * nobody says so, the lanes decide and it was real. */
void journal_say_how(struct journal *journal, const char *mode, bool model);

/* The run is that of a program: who has observed it; and once it is over, how it
 * has ended, as in waitpid; how: OUTCOME_FINISHED, by itself; else we have ended
 * it, and this is why. */
void journal_say_observed(struct journal *journal, enum observed observed);
void journal_say_exit(struct journal *journal, int status, enum outcome how);

/* Have listener told of the events as they are played (trace_listen); borrowed.
 * Of a journal that is played live, before that begins. */
void journal_listen(struct journal *journal, struct trace_listener *listener);

/* The next line of the program's text. */
void journal_add_source(struct journal *journal, const char *line);

/* Something is to be told; the first place of each remark is, and how often.
 * line 0: it has no place. */
void journal_remark(struct journal *journal, enum journal_remark_kind remark,
                    int line, int column);

/* Nothing could be read: say so in diag, with the place where it went wrong. */
void journal_refuse(const struct journal *journal, struct diag *diag);

/* Append the remarks, a line each, translated. */
void journal_remarks(const struct journal *journal, struct strbuf *lines);

/*
 * Make the trace of all that is written down, imported from what is called so
 * (a static string), where the kernel or nobody has observed it. Its workload is
 * that of definitions, where names are added. The caller frees the trace before
 * the definitions.
 */
struct trace *journal_play(struct journal *journal,
                           struct definitions *definitions,
                           const char *imported, enum observed observed);

#endif
