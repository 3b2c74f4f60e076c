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
#include "sched/base/text.h"
#include "sched/base/xalloc.h"

#define PRIME UINT64_C(2147483647) /* 2^31 - 1 */

enum {
    FIRST_SLOTS = 64
};

/* Time and place of the table are what no author of a file can know. */
void names_init(struct names *names)
{
    uint64_t noise = (uint64_t)clock_now_ns() ^ (uint64_t)(uintptr_t)names;

    *names = (struct names){ .slot_count = FIRST_SLOTS };
    names->slot = xcalloc(FIRST_SLOTS, sizeof *names->slot);
    noise *= UINT64_C(0x9E3779B97F4A7C15);
    names->multiplier = (noise >> 32) % (PRIME - 1024) + 512;
}

/* The texts belong to the arena. */
void names_fini(struct names *names)
{
    free(names->entry);
    free(names->slot);
}

/* The length comes first: a name and its beginning differ from the start. */
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

/* Entries keep their numbers; only the slots that lead to them move. */
static void grow_slots(struct names *names)
{
    free(names->slot);
    names->slot_count *= 2;
    names->slot = xcalloc(names->slot_count, sizeof *names->slot);
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->entry[i];
        int *slot = find_slot(names, name->text, strlen(name->text),
                              name->hash);

        *slot = (int)i + 1;
    }
}

/* The slots are at most half full, so a search ends after a few of them. */
static int number_of(struct names *names, struct arena *arena, const char *text,
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

/* Names that read the same are the same: those with letters that can be typed
 * in two ways are compared in their normal form. */
int names_number(struct names *names, struct arena *arena, const char *text,
                 size_t length)
{
    char *normal;
    int number;

    if (text_is_ascii(text, length))
        return number_of(names, arena, text, length);
    normal = text_normal(text, length);
    number = number_of(names, arena, normal, strlen(normal));
    free(normal);
    return number;
}

const struct name *names_find(const struct names *names, const char *text)
{
    size_t length = strlen(text);
    const int *slot = find_slot(names, text, length, hash(names, text, length));

    return *slot ? &names->entry[*slot - 1] : NULL;
}

/* Looks at every name, but only for the one message that ends a parse. */
const char *names_nearest(const struct names *names, const char *text,
                          enum name_kind kind)
{
    struct suggestion near = { .typed = text };

    for (size_t i = 0; i < names->count; i++)
        if (names->entry[i].kind == kind)
            suggest(&near, names->entry[i].text);
    return near.word;
}

const struct name_kind_words *names_kind_words(enum name_kind kind)
{
    static const struct name_kind_words words[] = {
        [NAME_TASK] = { N_("task"), N_("a task"), "task A: cpu 30" },
        [NAME_GENERATOR] = { N_("generator"), N_("a generator"),
                             "generator G: cpu 50, yield" },
        [NAME_SHARED] = { N_("shared variable"), N_("a shared variable"),
                          "shared n = 0" },
        [NAME_CHANNEL] = { N_("channel"), N_("a channel"), "channel c size 3" },
        [NAME_BARRIER] = { N_("barrier"), N_("a barrier"), "barrier b 4" },
        [NAME_SEMAPHORE] = { N_("semaphore"), N_("a semaphore"),
                             "semaphore s = 2" },
        [NAME_CONDITION] = { N_("condition"), N_("a condition"),
                             "condition c" },
        [NAME_RWLOCK] = { N_("readers-writer lock"),
                          N_("a readers-writer lock"), "rwlock r" },
    };

    return &words[kind];
}
