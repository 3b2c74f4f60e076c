/*
 * race.c -- see race.h.
 *
 * For each word of 8 bytes that was used the last few uses are remembered that
 * could still race with one to come: who, at which count of its clock, which
 * bytes, how, and where. A new use is a race with one of them that it overlaps
 * if one writes, not both are atomic, and we have not heard of the older one
 * (happened.h). What is overwritten is no false alarm, only one fewer.
 *
 * The words stand in a tree by address: gigabytes, pages, words.
 */
#include "sched/preload/race.h"

#include <stdint.h>

#include "sched/preload/access_seen.h"
#include "sched/preload/fiber.h"
#include "sched/preload/happened.h"
#include "sched/preload/order.h"
#include "sched/preload/order_board.h"
#include "sched/preload/pages.h"
#include "sched/preload/race_tell.h"
#include "sched/preload/tls_block.h"

enum {
    USES = 4,
    WORD = 8,
    PAGE_BITS = 12,
    PART_BITS = 18, /* pages of a gigabyte */
    ADDRESS_BITS = 47,
    WORDS = (1 << PAGE_BITS) / WORD,
    PARTS = 1 << PART_BITS,
    ROOTS = 1 << (ADDRESS_BITS - PAGE_BITS - PART_BITS),
    CHUNK = 16, /* pages of words found at a time */
};

struct use {
    union {
        struct {
            uint32_t count; /* 0: none */
            uint8_t clock, bytes;
            bool writes, atomic;
        };
        uint64_t all;
    };
    const void *from;
};

struct word {
    struct use use[USES];
};

static struct {
    struct word **root[ROOTS];
    uintptr_t last; /* the page looked at last, and its words */
    struct word *words;
    struct word *spare;
    size_t spares;
    unsigned turn; /* whose place is taken if none is free */
} race;

void race_begin(void)
{
    if (order_told())
        order_told()->accesses = true;
    happened_begin();
}

/* --- words ---------------------------------------------------------------- */

static struct word *new_words(void)
{
    if (race.spares == 0) {
        race.spare = pages_new(CHUNK * WORDS * sizeof *race.spare);
        race.spares = race.spare ? CHUNK : 0;
    }
    return race.spares ? &race.spare[--race.spares * WORDS] : NULL;
}

/* Those of a page; NULL: there are none, and none are made. */
static struct word *words_of(uintptr_t page, bool make)
{
    struct word ***part, **words;

    if (page >> (ADDRESS_BITS - PAGE_BITS))
        return NULL;
    part = &race.root[page >> PART_BITS];
    if (!*part && make)
        *part = pages_new(PARTS * sizeof **part);
    if (!*part)
        return NULL;
    words = &(*part)[page & (PARTS - 1)];
    if (!*words && make)
        *words = new_words();
    return *words;
}

static inline struct word *word_at(uintptr_t address)
{
    uintptr_t page = address >> PAGE_BITS;

    if (page != race.last || !race.words) {
        race.words = words_of(page, true);
        race.last = page;
    }
    return race.words ? &race.words[address / WORD % WORDS] : NULL;
}

void race_forget(const volatile void *address, size_t bytes)
{
    uintptr_t at = (uintptr_t)address & ~(uintptr_t)(WORD - 1);
    uintptr_t end = (uintptr_t)address + bytes;

    if (!happened_on)
        return;
    access_seen_forget();
    while (at < end) {
        struct word *words = words_of(at >> PAGE_BITS, false);

        if (words)
            words[at / WORD % WORDS] = (struct word){ 0 };
        at = words ? at + WORD : ((at >> PAGE_BITS) + 1) << PAGE_BITS;
    }
}

void race_created(const struct fiber *fiber)
{
    size_t bytes = happened_on ? tls_block_bytes() : 0;

    race_forget(fiber->stack.low, fiber->stack.size);
    race_forget((char *)fiber->tls - bytes, bytes);
}

/* --- uses ----------------------------------------------------------------- */

/* Do two threads use the same bytes, and one writes? */
static bool meet(const struct use *old, const struct use *new)
{
    return old->count && old->clock != new->clock &&
           (old->bytes & new->bytes) != 0 && (old->writes || new->writes);
}

static bool clash(const struct use *old, const struct use *new,
                  const struct fiber *me)
{
    return !(old->atomic && new->atomic) &&
           !happened_before(old->clock, old->count, me);
}

/* For whoever wants to be told of it in the same run again. */
static void note_shared(uintptr_t address)
{
    struct order_board *board = order_told();
    uint32_t i = 0;

    if (!board)
        return;
    while (i < board->sharing && board->shared[i] != address)
        i++;
    if (i < ORDER_BOARD_SHARED && i == board->sharing) {
        board->shared[i] = address;
        board->sharing = i + 1;
    }
}

/* Does whatever will race with old, race with new, too? */
static bool stands_for(const struct use *new, const struct use *old,
                       const struct fiber *me)
{
    return !old->count ||
           (!(old->bytes & ~new->bytes) &&
            new->writes >= old->writes &&new->atomic <=
                old->atomic &&happened_before(old->clock, old->count, me));
}

static void keep(struct word *word, const struct use *new,
                 const struct fiber *me)
{
    for (size_t i = 0; i < USES; i++)
        if (stands_for(new, &word->use[i], me)) {
            word->use[i] = *new;
            for (i++; i < USES; i++)
                if (stands_for(new, &word->use[i], me))
                    word->use[i].all = 0;
            return;
        }
    word->use[race.turn++ % USES] = *new;
}

static void use_word(uintptr_t address, struct use *new, const struct fiber *me)
{
    struct word *word = word_at(address);

    if (!word)
        return;
    for (size_t i = 0; i < USES; i++)
        if (word->use[i].all == new->all)
            return;
    for (size_t i = 0; i < USES; i++) {
        const struct use *old = &word->use[i];
        uintptr_t where;

        if (!meet(old, new))
            continue;
        where = address + (uintptr_t)__builtin_ctz(old->bytes & new->bytes);
        note_shared(where);
        if (!clash(old, new, me))
            continue;
        race_tell(&(struct race_told){
            (const void *)where,
            { { happened_owner(old->clock), old->writes, old->atomic,
                old->from },
              { me->number, new->writes, new->atomic, new->from } } });
        break;
    }
    keep(word, new, me);
}

void race_touch(const volatile void *address, size_t bytes, bool writes,
                bool atomic, const void *from)
{
    const struct fiber *me = fiber_current();
    uintptr_t at = (uintptr_t)address, end = at + bytes;
    struct use new = { .count = happened_count(me),
                       .clock = (uint8_t)me->clock,
                       .writes = writes,
                       .atomic = atomic,
                       .from = from };

    while (at < end) {
        uintptr_t word = at & ~(uintptr_t)(WORD - 1);
        uintptr_t next = word + WORD < end ? word + WORD : end;

        new.bytes = (uint8_t)(0xffU >> (WORD - (next - at)) << (at - word));
        use_word(word, &new, me);
        at = next;
    }
}
