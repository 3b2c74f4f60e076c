/*
 * tape_head.c -- the fields stand in one list, which is gone through by who
 * writes and by who reads, so that both agree.
 */
#include "sched/tape/tape_head.h"

#include <stdio.h>
#include <string.h>

#include "sched/base/text.h"
#include "sched/policy/policy.h"
#include "sched/tape/crc32c.h"
#include "sched/trace/event_code.h"
#include "sched/trace/mode.h"
#include "sched/workload/workload.h"

enum {
    AT_MAJOR = 8,
    AT_MINOR = 10,
    AT_HEAD_BYTES = 12,
    AT_BLOCK_BYTES = 16,
    AT_CRC = 20,
    AT_USED = 24,
    AT_FIELDS = 28,
    STRING_MAX = 500, /* bytes: all strings together leave room */
    LATER_MAX = 250,
};

static const char magic[TAPE_HEAD_MAGIC_BYTES] = "CONCVIZ";

/* Where the next field is, of somebody who writes or reads. */
struct field {
    uint8_t *put;            /* NULL: reads */
    const uint8_t *at, *end; /* at NULL: something was wrong */
    char *string;            /* where strings that are read go */
};

void tape_head_put_fixed(uint8_t *at, unsigned bytes, uint64_t number)
{
    for (unsigned i = 0; i < bytes; i++)
        at[i] = (uint8_t)(number >> 8 * i);
}

uint64_t tape_head_fixed(const uint8_t *at, unsigned bytes)
{
    uint64_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint64_t)at[i] << 8 * i;
    return number;
}

/* --- fields --------------------------------------------------------------- */

/* A number up to max. */
static void number(struct field *field, uint64_t *value, uint64_t max)
{
    if (field->put)
        field->put = event_code_put_number(field->put, *value);
    else if (field->at)
        field->at = event_code_get_number(field->at, field->end, value);
    if (!field->put && field->at && *value > max)
        field->at = NULL;
}

/* A number from 0 to INT_MAX; a time. */
static void count(struct field *field, int *value)
{
    uint64_t wide = (uint64_t)*value;

    number(field, &wide, INT32_MAX);
    *value = (int)wide;
}

static void time_ns(struct field *field, int64_t *value)
{
    uint64_t wide = (uint64_t)*value;

    number(field, &wide, INT64_MAX);
    *value = (int64_t)wide;
}

static void yes_or_no(struct field *field, bool *value)
{
    uint64_t wide = *value;

    number(field, &wide, 1);
    *value = wide != 0;
}

/* Cleaned, as everything that comes from a file. Cleaning writes three bytes
 * for a bad one. */
static void read_string(struct field *field, const char **text, uint64_t length)
{
    char raw[STRING_MAX + 1], clean[STRING_MAX + 1];

    memcpy(raw, field->at, (size_t)length);
    raw[length] = '\0';
    text_clean(clean, sizeof clean, raw);
    *text = strcpy(field->string, clean);
    field->string += strlen(clean) + 1;
    field->at += length;
}

/* NULL is as good as "". */
static void string(struct field *field, const char **text)
{
    uint64_t length = field->put && *text ? strlen(*text) : 0;

    if (length > STRING_MAX)
        length = STRING_MAX;
    number(field, &length, STRING_MAX);
    if (field->put) {
        memcpy(field->put, *text ? *text : "", (size_t)length);
        field->put += length;
    } else if (field->at && length > (uint64_t)(field->end - field->at)) {
        field->at = NULL;
    } else if (field->at) {
        read_string(field, text, length);
    }
}

/* The same of a field that older tapes do not have. */
static void later_string(struct field *field, const char **text)
{
    char cut[LATER_MAX + 1];
    const char *short_text = cut;

    if (!field->put && field->at == field->end) {
        *text = "";
    } else if (field->put) {
        snprintf(cut, sizeof cut, "%s", *text ? *text : "");
        string(field, &short_text);
    } else {
        string(field, text);
    }
}

/* All fields in their order: new ones come to the end. */
static void fields(struct field *field, struct tape_head *head)
{
    struct trace_info *info = &head->info;

    number(field, &head->pid, UINT64_MAX);
    time_ns(field, &head->monotonic_ns);
    time_ns(field, &head->boot_ns);
    time_ns(field, &head->calendar_ns);
    time_ns(field, &info->recorded_ns);
    string(field, &info->machine_name);
    string(field, &info->command);
    string(field, &info->imported);
    string(field, &info->mode);
    string(field, &info->policy);
    yes_or_no(field, &info->real);
    count(field, &info->machines);
    time_ns(field, &info->slice_ns);
    time_ns(field, &info->gil_ns);
    time_ns(field, &info->switch_cost_ns);
    time_ns(field, &info->limit_ns);
    yes_or_no(field, &info->lines_own);
    yes_or_no(field, &info->preempted_last);
    yes_or_no(field, &info->seeded);
    number(field, &info->seed, UINT64_MAX);
    number(field, &head->source, TAPE_SOURCE_NAMES);
    string(field, &head->name);
    string(field, &head->file);
    number(field, &head->first_line, WORKLOAD_FILE_BYTES_MAX);
    number(field, &head->first_column, WORKLOAD_FILE_BYTES_MAX);
    number(field, &head->size, INT32_MAX);
    number(field, &head->tasks, WORKLOAD_TASKS_MAX);
    number(field, &head->text_bytes, WORKLOAD_TEXT_BYTES_MAX);
    later_string(field, &info->program);
}

/* --- heads ---------------------------------------------------------------- */

bool tape_head_is(const uint8_t bytes[TAPE_HEAD_MAGIC_BYTES])
{
    return memcmp(bytes, magic, sizeof magic) == 0;
}

void tape_head_put(struct tape_head *head, uint8_t bytes[TAPE_HEAD_BYTES])
{
    struct field field = { .put = bytes + AT_FIELDS };
    size_t used;

    memset(bytes, 0, TAPE_HEAD_BYTES);
    fields(&field, head);
    used = (size_t)(field.put - bytes);
    memcpy(bytes, magic, sizeof magic);
    tape_head_put_fixed(bytes + AT_MAJOR, 2, TAPE_HEAD_MAJOR);
    tape_head_put_fixed(bytes + AT_MINOR, 2, TAPE_HEAD_MINOR);
    tape_head_put_fixed(bytes + AT_HEAD_BYTES, 4, TAPE_HEAD_BYTES);
    tape_head_put_fixed(bytes + AT_BLOCK_BYTES, 4, TAPE_BLOCK_BYTES);
    tape_head_put_fixed(bytes + AT_USED, 4, used);
    tape_head_put_fixed(bytes + AT_CRC, 4,
                        crc32c(bytes + AT_USED, used - AT_USED));
}

/* Only what the tables know can be shown; "" stands for what was not given. */
static bool settle(struct trace_info *info)
{
    const struct mode *mode = mode_find(info->mode);
    enum policy policy = policy_find(info->policy, strlen(info->policy));
    bool imported = info->imported[0] != '\0';
    bool other = imported || *info->program; /* the system's, say */

    if (!mode || (policy == POLICIES && !other) || info->machines < 1 ||
        info->machines >= EVENT_NO_MACHINE)
        return false;
    info->mode = mode->name;
    info->policy = policy == POLICIES ? "other" : policy_table[policy]->name;
    if (!imported)
        info->imported = NULL;
    if (!*info->program)
        info->program = NULL;
    return true;
}

enum tape_head_fault tape_head_get(struct tape_head *head,
                                   const uint8_t bytes[TAPE_HEAD_BYTES])
{
    struct field field = { .string = head->string };
    size_t used = (size_t)tape_head_fixed(bytes + AT_USED, 4);

    memset(head, 0, sizeof *head);
    if (!tape_head_is(bytes))
        return TAPE_HEAD_NONE;
    head->major = (unsigned)tape_head_fixed(bytes + AT_MAJOR, 2);
    head->minor = (unsigned)tape_head_fixed(bytes + AT_MINOR, 2);
    if (head->major != TAPE_HEAD_MAJOR)
        return TAPE_HEAD_OTHER;
    if (tape_head_fixed(bytes + AT_HEAD_BYTES, 4) != TAPE_HEAD_BYTES ||
        tape_head_fixed(bytes + AT_BLOCK_BYTES, 4) != TAPE_BLOCK_BYTES ||
        used < AT_FIELDS || used > TAPE_HEAD_BYTES ||
        tape_head_fixed(bytes + AT_CRC, 4) !=
            crc32c(bytes + AT_USED, used - AT_USED))
        return TAPE_HEAD_DAMAGED;
    field.at = bytes + AT_FIELDS;
    field.end = bytes + used;
    fields(&field, head);
    return field.at && settle(&head->info) ? TAPE_HEAD_WELL : TAPE_HEAD_DAMAGED;
}
