/*
 * chrome_internal.h -- how a Chrome trace is read; for its own files only.
 *
 *   chrome_read.c  phases become moments
 *   chrome_lane.c  which lane an event belongs to, its time, names of lanes
 *   chrome_arrow.c who wakes whom
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_CHROME_INTERNAL_H
#define CONCVIZ_SCHED_EXCHANGE_CHROME_INTERNAL_H

#include <string.h>

#include "sched/exchange/journal.h"
#include "sched/exchange/json_record.h"

struct arrow;

enum {
    CHROME_KEY_BYTES = 200
};

/* What is wanted of an event. */
enum chrome_wanted {
    PHASE,
    PID,
    TID,
    TIME,
    DURATION,
    NAME,
    CATEGORY,
    ID,
    ID_LOCAL,
    ID_GLOBAL,
    ARGS_NAME,
    ARGS_CPU,
    RUNS_MODE,
    RUNS_KIND,
    WANTED
};

struct chrome_reader {
    struct journal *journal;
    struct json_reader *reader;
    struct arrow *arrow; /* the table of open ones; NULL before the first */
    const struct json_value *value; /* of the event that is read now */
    bool ours;                      /* concviz wrote it */
    bool more;                      /* there is room */
};

/* Is what the event says of it this text? */
static inline bool chrome_is(const struct chrome_reader *chrome,
                             enum chrome_wanted what, const char *text)
{
    return strcmp(chrome->value[what].text, text) == 0;
}

/* Tell something of the event that is read now. */
void chrome_remark(struct chrome_reader *chrome,
                   enum journal_remark_kind remark);

/* Whether the event has a time that can be used; missing is told if it has
 * none. */
bool chrome_time(struct chrome_reader *chrome, enum chrome_wanted which,
                 enum journal_remark_kind missing, int64_t *ns);

/* A moment of which nothing else is known; write one down. */
struct journal_moment chrome_moment(int64_t t_ns, uint32_t lane,
                                    enum journal_kind kind);
void chrome_add(struct chrome_reader *chrome, struct journal_moment moment);

/* The lanes of the event: of its thread, of what is asynchronous (which needs an
 * id). */
uint32_t chrome_thread(struct chrome_reader *chrome);
uint32_t chrome_async(struct chrome_reader *chrome);
const struct json_value *chrome_id(const struct chrome_reader *chrome);

/* Metadata name a lane; at the end all lanes get a name. */
void chrome_read_name(struct chrome_reader *chrome);
void chrome_name_lanes(struct chrome_reader *chrome);

/* One end of an arrow, 's', 't' or 'f'. The first makes the table of open ones. */
void chrome_read_arrow(struct chrome_reader *chrome, char phase);

#endif
