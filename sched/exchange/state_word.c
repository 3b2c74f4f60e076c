/*
 * state_word.c -- "blocked on lock m" is a kind of event, a kind of wait, and
 * a lock.
 *
 * A task that is waited for may be named before it is known: its name is a lane
 * of its own, to which nothing happens and which means the other one.
 */
#include "sched/exchange/state_word.h"

#include <stdio.h>
#include <string.h>

#include "sched/base/clock.h"

/* What stands behind a word, or NULL if it does not begin the text. */
static const char *after(const char *text, const char *word)
{
    size_t length = strlen(word);

    return strncmp(text, word, length) == 0 ? text + length : NULL;
}

static int32_t task_called(struct journal *journal, const char *name)
{
    char key[JOURNAL_WORD_BYTES];

    snprintf(key, sizeof key, "N%.250s", name);
    return (int32_t)journal_lane(journal, key);
}

void state_word_is_called(struct journal *journal, const char *name,
                          uint32_t lane)
{
    int32_t called = task_called(journal, name);

    if (called >= 0)
        journal_lane_at(journal, (uint32_t)called)->other = lane;
}

static bool read_wait(struct journal *journal, const char *what,
                      struct journal_moment *moment)
{
    static const struct {
        const char *word;
        enum wait_kind wait;
        int kind; /* of what is waited for; -1: nothing with a name */
    } table[] = {
        { "time", WAIT_TIME, -1 },
        { "lock ", WAIT_LOCK, ARRAY_LOCK },
        { "send ", WAIT_SEND, ARRAY_CHANNEL },
        { "recv ", WAIT_RECV, ARRAY_CHANNEL },
        { "barrier ", WAIT_BARRIER, ARRAY_BARRIER },
        { "join ", WAIT_JOIN, ARRAY_TASK },
        { "GIL", WAIT_GIL, -1 },
        { "semaphore ", WAIT_SEMAPHORE, ARRAY_SEMAPHORE },
        { "condition ", WAIT_CONDITION, ARRAY_CONDITION },
        { "read ", WAIT_READ, ARRAY_RWLOCK },
        { "write ", WAIT_WRITE, ARRAY_RWLOCK },
        { "select", WAIT_SELECT, -1 },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *name = after(what, table[i].word);

        if (!name)
            continue;
        moment->value = table[i].wait;
        if (table[i].kind == ARRAY_TASK)
            moment->object = task_called(journal, name);
        else if (table[i].kind >= 0)
            moment->object = journal_object(
                journal, (enum array_kind)table[i].kind, name);
        return true;
    }
    return false;
}

bool state_word_read(struct journal *journal, const char *name,
                     struct journal_moment *moment)
{
    static const struct {
        const char *word;
        enum event_kind event;
        int64_t value;
    } table[] = {
        { "running", EVENT_RUN, 0 },
        { "in line", EVENT_READY, READY_WOKEN },
        { "awaiting", EVENT_AWAIT, TIME_NEVER },
        { "held", EVENT_HOLD, WAIT_TIME },
        { "switching", EVENT_SWITCH, 0 },
        { "stolen", EVENT_STOLEN, 0 },
    };
    const char *what;

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(name, table[i].word) == 0) {
            moment->event = (uint8_t)table[i].event;
            moment->value = table[i].value;
            return true;
        }
    if ((what = after(name, "held on generator "))) {
        moment->event = EVENT_CALL;
        moment->object = task_called(journal, what);
        return true;
    }
    if ((what = after(name, "blocked on ")))
        moment->event = EVENT_BLOCKED;
    else if ((what = after(name, "held on ")))
        moment->event = EVENT_HOLD;
    return what && read_wait(journal, what, moment);
}

void state_word_served(const char *name, char out[JOURNAL_WORD_BYTES])
{
    size_t length = strlen(name);
    const char *space = strrchr(name, ' ');

    if (space && space[1] == '(')
        length = (size_t)(space - name);
    snprintf(out, JOURNAL_WORD_BYTES, "%.*s", (int)length, name);
}
