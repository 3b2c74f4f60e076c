/*
 * web_pool.c -- a table of texts by their hash, at most half full, searched
 * from where the hash points to.
 */
#include "render/web/web_pool.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/json.h"
#include "sched/base/xalloc.h"

enum {
    SLOTS_FIRST = 64
};

void web_pool_init(struct web_pool *pool)
{
    *pool = (struct web_pool){ .slots = SLOTS_FIRST };
    pool->slot = xcalloc(pool->slots, sizeof *pool->slot);
}

void web_pool_fini(struct web_pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        free(pool->text[i]);
    free(pool->text);
    free(pool->slot);
}

/* FNV-1a, 64 bits (Fowler, Noll and Vo, 1991). */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

/* Where the text is, or where there is room for it. */
static uint32_t *find(const struct web_pool *pool, const char *text)
{
    size_t at = (size_t)hash_of(text) & (pool->slots - 1);

    while (pool->slot[at] && strcmp(pool->text[pool->slot[at] - 1], text) != 0)
        at = (at + 1) & (pool->slots - 1);
    return &pool->slot[at];
}

static void make_room(struct web_pool *pool)
{
    if (2 * (pool->count + 1) < pool->slots)
        return;
    free(pool->slot);
    pool->slots *= 2;
    pool->slot = xcalloc(pool->slots, sizeof *pool->slot);
    for (size_t i = 0; i < pool->count; i++)
        *find(pool, pool->text[i]) = (uint32_t)i + 1;
}

int64_t web_pool_number(struct web_pool *pool, const char *text)
{
    uint32_t *slot;

    make_room(pool);
    slot = find(pool, text);
    if (*slot == 0) {
        pool->text = xgrow(pool->text, pool->count, &pool->capacity,
                           sizeof *pool->text);
        pool->text[pool->count++] = xstrdup(text);
        *slot = (uint32_t)pool->count;
    }
    return *slot - 1;
}

void web_pool_write(struct json *json, const char *name,
                    const struct web_pool *pool)
{
    json_begin(json, name, '[');
    for (size_t i = 0; i < pool->count; i++)
        json_string(json, NULL, pool->text[i]);
    json_end(json, ']');
}
