/*
 * names.c -- an open-addressed hash table that grows.
 *
 * The hash is a polynomial over the bytes modulo a prime, at a point drawn
 * when the table is made: a file cannot be written so that its names collide,
 * because its author does not know the point (Carter and Wegman, 1979). What
 * is found never depends on it.
 */
#include "sched/workload/names.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/base/xalloc.h"

#define PRIME UINT64_C(2147483647) /* 2^31 - 1 */

enum {
    FIRST_SLOTS = 64
};

void names_init(struct names *names)
{
    uint64_t noise = (uint64_t)clock_now_ns() ^ (uint64_t)(uintptr_t)names;

    *names = (struct names){ .slot_count = FIRST_SLOTS };
    names->slot = xcalloc(FIRST_SLOTS, sizeof *names->slot);
    noise *= UINT64_C(0x9E3779B97F4A7C15);
    names->multiplier = (noise >> 32) % (PRIME - 1024) + 512;
}

void names_fini(struct names *names)
{
    free(names->entry);
    free(names->slot);
}

static uint32_t hash(const struct names *names, const char *text, size_t length)
{
    uint64_t value = length;

    for (size_t i = 0; i < length; i++)
        value = (value * names->multiplier + (unsigned char)text[i]) % PRIME;
    return (uint32_t)value;
}

/* The slot that holds the name, or the empty one where it belongs. */
static int *find_slot(const struct names *names, const char *text,
                      size_t length, uint32_t hashed)
{
    size_t mask = names->slot_count - 1;

    for (size_t i = hashed & mask;; i = (i + 1) & mask) {
        const struct name *name;

        if (names->slot[i] == 0)
            return &names->slot[i];
        name = &names->entry[names->slot[i] - 1];
        if (name->hash == hashed && strncmp(name->text, text, length) == 0 &&
            name->text[length] == '\0')
            return &names->slot[i];
    }
}

static void grow_slots(struct names *names)
{
    free(names->slot);
    names->slot_count *= 2;
    names->slot = xcalloc(names->slot_count, sizeof *names->slot);
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->entry[i];

        *find_slot(names, name->text, strlen(name->text), name->hash) = (int)i +
                                                                        1;
    }
}

int names_number(struct names *names, struct arena *arena, const char *text,
                 size_t length)
{
    uint32_t hashed = hash(names, text, length);
    int *slot = find_slot(names, text, length, hashed);

    if (*slot)
        return *slot - 1;
    if (names->count * 2 >= names->slot_count) {
        grow_slots(names);
        slot = find_slot(names, text, length, hashed);
    }
    names->entry = xgrow(names->entry, names->count, &names->capacity,
                         sizeof *names->entry);
    names->entry[names->count] = (struct name){
        .text = arena_copy(arena, text, length),
        .hash = hashed,
    };
    *slot = (int)++names->count;
    return *slot - 1;
}

const struct name *names_find(const struct names *names, const char *text)
{
    size_t length = strlen(text);
    const int *slot = find_slot(names, text, length, hash(names, text, length));

    return *slot ? &names->entry[*slot - 1] : NULL;
}

const char *names_nearest(const struct names *names, const char *text,
                          enum name_kind kind)
{
    struct suggestion near = { .typed = text };

    for (size_t i = 0; i < names->count; i++)
        if (names->entry[i].kind == kind)
            suggest(&near, names->entry[i].text);
    return near.word;
}

const char *names_kind_word(enum name_kind kind)
{
    static const char *const word[] = {
        [NAME_TASK] = N_("task"),
        [NAME_GENERATOR] = N_("generator"),
        [NAME_SHARED] = N_("shared variable"),
        [NAME_CHANNEL] = N_("channel"),
        [NAME_BARRIER] = N_("barrier"),
    };

    return _(word[kind]);
}

const char *names_kind_title(enum name_kind kind)
{
    static const char *const title[] = {
        [NAME_TASK] = N_("a task"),
        [NAME_GENERATOR] = N_("a generator"),
        [NAME_SHARED] = N_("a shared variable"),
        [NAME_CHANNEL] = N_("a channel"),
        [NAME_BARRIER] = N_("a barrier"),
    };

    return _(title[kind]);
}
