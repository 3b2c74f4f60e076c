/*
 * diary.c -- the writer's side of diary.h. It lives in somebody else's program:
 * it allocates nothing and calls nobody.
 */
#include "sched/trace/diary.h"

#include <string.h>
#include <unistd.h>

bool diary_begin(struct diary *diary, void *memory, size_t bytes,
                 int64_t now_ns)
{
    struct diary_head *head = memory;
    uint32_t nobody = 0;

    if (bytes < DIARY_HEAD_BYTES + DIARY_ENTRY_MAX ||
        !atomic_compare_exchange_strong(&head->writer, &nobody,
                                        (uint32_t)getpid()))
        return false;
    head->began_ns = now_ns;
    diary->head = head;
    diary->at = (uint8_t *)memory + DIARY_HEAD_BYTES;
    diary->end = (uint8_t *)memory + bytes;
    event_code_init(&diary->code);
    atomic_store_explicit(&head->used, DIARY_HEAD_BYTES, memory_order_release);
    return true;
}

static bool has_room(struct diary *diary, size_t bytes)
{
    if ((size_t)(diary->end - diary->at) >= bytes)
        return true;
    atomic_fetch_add_explicit(&diary->head->lost, 1, memory_order_relaxed);
    return false;
}

static void commit(struct diary *diary, uint8_t *at)
{
    diary->at = at;
    atomic_store_explicit(&diary->head->used,
                          (uint64_t)(at - (uint8_t *)diary->head),
                          memory_order_release);
}

void diary_event(struct diary *diary, const struct event *event)
{
    if (has_room(diary, EVENT_CODE_MAX))
        commit(diary, event_code_put(&diary->code, diary->at, event));
}

void diary_record(struct diary *diary, enum diary_entry entry,
                  const uint64_t *number, int count, const char *text)
{
    size_t length = text ? strnlen(text, DIARY_TEXT_MAX) : 0;
    uint8_t numbers[4 * EVENT_CODE_NUMBER_MAX], *end = numbers, *at;

    if (!has_room(diary, DIARY_ENTRY_MAX + 1 + EVENT_CODE_NUMBER_MAX))
        return;
    for (int i = 0; i < count; i++)
        end = event_code_put_number(end, number[i]);
    at = diary->at;
    *at++ = (uint8_t)entry;
    at = event_code_put_number(at, (size_t)(end - numbers) + length);
    memcpy(at, numbers, (size_t)(end - numbers));
    at += end - numbers;
    if (length)
        memcpy(at, text, length);
    commit(diary, at + length);
}
