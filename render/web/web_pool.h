/*
 * web_pool.h -- texts that occur again and again, each kept once.
 *
 * A run goes round, and so does what is said of it: a page stores every
 * sentence once and its number wherever it is true. One thread at a time.
 */
#ifndef CONCVIZ_RENDER_WEB_WEB_POOL_H
#define CONCVIZ_RENDER_WEB_WEB_POOL_H

#include <stddef.h>
#include <stdint.h>

struct json;

struct web_pool {
    char *
        *text; /* in the order in which they came; their number is the index */
    size_t count, capacity;
    uint32_t *slot; /* of a hash table: index + 1, or 0 */
    size_t slots;   /* a power of two, more than count */
};

void web_pool_init(struct web_pool *pool);
void web_pool_fini(struct web_pool *pool);

/* The number of a text, which is copied if it is new. */
int64_t web_pool_number(struct web_pool *pool, const char *text);

/* Write all of them as an array. */
void web_pool_write(struct json *json, const char *name,
                    const struct web_pool *pool);

#endif
