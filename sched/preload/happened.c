/*
 * happened.c -- see happened.h.
 *
 * What is told through an object stands in a table by its address. The clock of
 * a thread that was joined is given to a new one, whose count goes on where the
 * old one's ended, so what was ordered stays so.
 *
 * C11 7.17.3 and 5.1.2.4: a load that acquires hears what the release wrote
 * whose value it reads; a relaxed store ends what was told unless it is by who
 * told it; an update hands it on; fences do for relaxed operations what the
 * orders do for others.
 */
#include "sched/preload/happened.h"

#include <string.h>
#include <sys/mman.h>

#include "sched/preload/access_seen.h"
#include "sched/preload/fiber.h"
#include "sched/preload/pages.h"

enum {
    FIRST_ROOM = 1024, /* objects; a power of two */
    CHUNK = 64         /* of them found at a time */
};

struct vector {
    uint32_t count[HAPPENED_THREADS];
};

struct happened_told {
    uintptr_t object; /* 0: none */
    int by;           /* number of who told last */
    struct vector *all;
};

static struct {
    struct vector knows[HAPPENED_THREADS];
    struct vector fenced[HAPPENED_THREADS]; /* told by its next relaxed store */
    struct vector seen[HAPPENED_THREADS];   /* heard at its next fence */
    int owner[HAPPENED_THREADS];            /* number of the fiber, or 0 */
    size_t used;                            /* clocks from 0 on */
    struct happened_told *told;
    size_t room, objects;
    struct vector *spare;
    size_t spares;
} happened;

bool happened_on, happened_many;

/* --- vectors -------------------------------------------------------------- */

static void join(struct vector *to, const struct vector *from)
{
    for (size_t i = 0; i < happened.used; i++)
        if (from->count[i] > to->count[i])
            to->count[i] = from->count[i];
}

static void clear(struct vector *vector)
{
    memset(vector, 0, sizeof *vector);
}

static struct vector *mine(void)
{
    return &happened.knows[fiber_current()->clock];
}

/* What is done from now on was not told yet. */
static void step(void)
{
    mine()->count[fiber_current()->clock]++;
    access_seen_forget();
}

/* --- objects -------------------------------------------------------------- */

static struct happened_told *place_of(uintptr_t object)
{
    uint64_t hash = object * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 32) & (happened.room - 1);

    while (happened.told[at].object && happened.told[at].object != object)
        at = (at + 1) & (happened.room - 1);
    return &happened.told[at];
}

/* Returns false where there is no memory. */
static bool grow(void)
{
    struct happened_told *old = happened.told;
    size_t room = happened.room, wanted = room ? 2 * room : FIRST_ROOM;
    struct happened_told *told = pages_new(wanted * sizeof *told);

    if (!told)
        return false;
    happened.told = told;
    happened.room = wanted;
    for (size_t i = 0; i < room; i++)
        if (old[i].object)
            *place_of(old[i].object) = old[i];
    if (old)
        munmap(old, room * sizeof *old);
    return true;
}

static struct vector *new_vector(void)
{
    if (happened.spares == 0) {
        happened.spare = pages_new(CHUNK * sizeof *happened.spare);
        happened.spares = happened.spare ? CHUNK : 0;
    }
    return happened.spares ? &happened.spare[--happened.spares] : NULL;
}

/* NULL: nothing was told through it. */
static struct happened_told *find(const volatile void *object)
{
    struct happened_told *told = place_of((uintptr_t)object);

    return told->object ? told : NULL;
}

/* Without memory nothing more can be known. */
static struct happened_told *make(const volatile void *object)
{
    struct happened_told *told = place_of((uintptr_t)object);

    if (told->object)
        return told;
    if (2 * ++happened.objects > happened.room) {
        if (!grow())
            return happened_forget(), NULL;
        told = place_of((uintptr_t)object);
    }
    told->all = new_vector();
    if (!told->all)
        return happened_forget(), NULL;
    told->object = (uintptr_t)object;
    return told;
}

/* --- threads -------------------------------------------------------------- */

void happened_begin(void)
{
    struct fiber *me = fiber_current();

    if (happened_on || !grow())
        return;
    me->clock = 0;
    happened.owner[0] = me->number;
    happened.used = 1;
    happened.knows[0].count[0] = 1;
    happened_on = true;
}

void happened_forget(void)
{
    happened_on = false;
}

uint32_t happened_count(const struct fiber *fiber)
{
    return happened.knows[fiber->clock].count[fiber->clock];
}

bool happened_before(size_t clock, uint32_t count, const struct fiber *fiber)
{
    return count <= happened.knows[fiber->clock].count[clock];
}

int happened_owner(size_t clock)
{
    return happened.owner[clock];
}

void happened_created(struct fiber *fiber)
{
    size_t clock = 0;
    uint32_t count;

    if (!happened_on)
        return;
    while (clock < happened.used && happened.owner[clock])
        clock++;
    if (clock == HAPPENED_THREADS) {
        happened_forget();
        return;
    }
    if (clock == happened.used)
        happened.used++;
    count = happened.knows[clock].count[clock];
    fiber->clock = clock;
    happened.owner[clock] = fiber->number;
    happened.knows[clock] = *mine();
    happened.knows[clock].count[clock] = count + 1;
    clear(&happened.fenced[clock]);
    clear(&happened.seen[clock]);
    step();
    happened_many = true;
}

void happened_joined(const struct fiber *fiber)
{
    if (!happened_on)
        return;
    join(mine(), &happened.knows[fiber->clock]);
    happened.owner[fiber->clock] = 0;
}

/* --- telling and hearing -------------------------------------------------- */

void happened_release(const volatile void *object)
{
    struct happened_told *told;

    if (!happened_on || !(told = make(object)))
        return;
    join(told->all, mine());
    told->by = fiber_current()->number;
    step();
}

void happened_acquire(const volatile void *object)
{
    const struct happened_told *told;

    if (happened_on && (told = find(object)))
        join(mine(), told->all);
}

static bool acquires(int order)
{
    return order == __ATOMIC_CONSUME || order == __ATOMIC_ACQUIRE ||
           order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

static bool releases(int order)
{
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL ||
           order == __ATOMIC_SEQ_CST;
}

void happened_load(const volatile void *object, int order)
{
    const struct happened_told *told;

    if (!happened_on || !(told = find(object)))
        return;
    join(acquires(order) ? mine() : &happened.seen[fiber_current()->clock],
         told->all);
}

void happened_store(const volatile void *object, int order)
{
    const struct fiber *me = fiber_current();
    struct happened_told *told;

    if (!happened_on || !(told = make(object)))
        return;
    if (told->by != me->number)
        clear(told->all);
    told->by = me->number;
    join(told->all, &happened.fenced[me->clock]);
    if (!releases(order))
        return;
    join(told->all, mine());
    step();
}

void happened_update(const volatile void *object, int order)
{
    struct happened_told *told;

    happened_load(object, order);
    if (!happened_on || !(told = make(object)))
        return;
    join(told->all, &happened.fenced[fiber_current()->clock]);
    if (!releases(order))
        return;
    join(told->all, mine());
    step();
}

void happened_fence(int order)
{
    size_t clock = fiber_current()->clock;

    if (!happened_on)
        return;
    if (acquires(order))
        join(mine(), &happened.seen[clock]);
    if (!releases(order))
        return;
    happened.fenced[clock] = *mine();
    step();
}
