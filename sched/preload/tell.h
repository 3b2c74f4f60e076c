/*
 * tell.h -- telling whoever watches what the fibers do (sched/trace/diary.h).
 *
 * Where nobody watches, nothing of this costs more than a look at tell_on. An
 * event has the time at which the program called us last, and the first one of
 * a call is preceded by the place it was called from.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_TELL_H
#define CONCVIZ_SCHED_PRELOAD_TELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fiber;

/* Does somebody watch? */
extern bool tell_on __attribute__((visibility("hidden")));

/* Where the program has called us: the first function of ours says so. */
void tell_from(const void *caller);
#define TELL_HERE()                                                            \
    do {                                                                       \
        if (tell_on)                                                           \
            tell_from(__builtin_return_address(0));                            \
    } while (0)

/* Begin, if the environment names a descriptor to write to; it is closed. */
void tell_open(void);

/* A child writes nothing. */
void tell_forget(void);

/* The clock of events is read anew: we have waited. */
void tell_time(void);

/* The life of a fiber; by: who, or NULL. */
void tell_created(const struct fiber *fiber, const struct fiber *by);
void tell_named(const struct fiber *fiber);
void tell_waits(const struct fiber *fiber);
void tell_yields(const struct fiber *fiber);
void tell_stopped(const struct fiber *fiber);
void tell_woken(const struct fiber *fiber);
void tell_turn(const struct fiber *fiber);
void tell_ended(const struct fiber *fiber);
void tell_joined(const struct fiber *fiber, const struct fiber *other);
void tell_cancelled(const struct fiber *fiber, const struct fiber *other);

/* Who is alone leaves waiting to the system, for so long (TIME_NEVER: nobody
 * knows), and has waited. */
void tell_away(int64_t ns);
void tell_back(void);

/* What the running fiber did with an object. */
enum tell_deed {
    TELL_LOCKED, /* mutexes, spin locks, once: */
    TELL_UNLOCKED,
    TELL_NOT_LOCKED, /* only tried */
    TELL_ACQUIRED,   /* semaphores; number: its value now */
    TELL_RELEASED,
    TELL_SIGNALLED, /* conditions; number: how many woke */
    TELL_BROADCAST,
    TELL_READS,  /* readers-writer locks; number: how many read now */
    TELL_WRITES, /* number: none */
    TELL_LETS_GO,
    TELL_PASSED, /* barriers */
};
void tell_did(enum tell_deed deed, const volatile void *object, long number);

/* The running fiber is about to use memory that a diary is told of. A write is
 * told when its value is there: when the fiber calls us next. */
enum tell_use {
    TELL_READ,
    TELL_WRITE,
    TELL_UPDATE, /* both in one, if it changes anything */
};
void tell_used(enum tell_use use, const volatile void *address, size_t bytes,
               const void *from);

/* What was to be written has been. */
void tell_settle(void);

/* The program is about to end so: enum outcome of event.h, and why. */
void tell_deadlock(void);
void tell_failure(const char *why);

#endif
