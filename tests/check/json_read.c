/*
 * json_read.c -- a function for each kind of value, which leaves the position
 * behind it; NULL is passed on to the top.
 */
#include "tests/check/json_read.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/text.h"

enum {
    DEPTH_MOST = 32
};

struct json_reader {
    struct arena *arena;
    const char *at;
    int depth;
};

static struct json_value *read_value(struct json_reader *reader);

static void skip_spaces(struct json_reader *reader)
{
    reader->at += strspn(reader->at, " \t\r\n");
}

static bool take(struct json_reader *reader, const char *text)
{
    size_t length = strlen(text);

    skip_spaces(reader);
    if (strncmp(reader->at, text, length) != 0)
        return false;
    reader->at += length;
    return true;
}

/* --- strings -------------------------------------------------------------- */

static bool read_hex(const char *at, uint32_t *rune)
{
    char digits[5] = "";

    for (int i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)at[i]))
            return false;
        digits[i] = at[i];
    }
    *rune = (uint32_t)strtoul(digits, NULL, 16);
    return true;
}

/* What follows a backslash. */
static bool read_escape(struct json_reader *reader, uint32_t *rune)
{
    static const char sign[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    const char *found;
    uint32_t low;

    if (*reader->at == 'u') {
        if (!read_hex(reader->at + 1, rune))
            return false;
        reader->at += 5;
        if (*rune < 0xD800 || *rune > 0xDFFF)
            return true;
        if (*rune > 0xDBFF || strncmp(reader->at, "\\u", 2) != 0 ||
            !read_hex(reader->at + 2, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        reader->at += 6;
        *rune = 0x10000 + ((*rune - 0xD800) << 10) + (low - 0xDC00);
        return true;
    }
    found = *reader->at ? strchr(sign, *reader->at) : NULL;
    if (!found)
        return false;
    *rune = (uint32_t)means[found - sign];
    reader->at++;
    return true;
}

static const char *read_string(struct json_reader *reader)
{
    char *text;
    size_t length = 0;

    if (!take(reader, "\""))
        return NULL;
    text = arena_alloc(reader->arena, strlen(reader->at) + 1);
    while (*reader->at != '"') {
        uint32_t rune;
        size_t bytes = text_decode(reader->at, &rune);

        if (bytes == 0 || rune < 0x20 || (rune == TEXT_BAD && bytes == 1))
            return NULL;
        reader->at += bytes;
        if (rune == '\\' && !read_escape(reader, &rune))
            return NULL;
        length += text_encode(text + length, rune);
    }
    reader->at++;
    return arena_copy(reader->arena, text, length);
}

/* --- the others ----------------------------------------------------------- */

static bool read_number(struct json_reader *reader, int64_t *number)
{
    const char *at = reader->at + (*reader->at == '-');
    char *end;

    if (!isdigit((unsigned char)*at) ||
        (*at == '0' && isdigit((unsigned char)at[1])))
        return false;
    *number = strtoll(reader->at, &end, 10);
    if (*end == '.' || *end == 'e' || *end == 'E')
        strtod(reader->at, &end);
    reader->at = end;
    return true;
}

static bool read_items(struct json_reader *reader, struct json_value *value,
                       const char *end)
{
    size_t room = 0;

    if (take(reader, end))
        return true;
    do {
        const char *name = NULL;
        struct json_value *item;

        if (value->kind == JSON_OBJECT &&
            (!(name = read_string(reader)) || !take(reader, ":")))
            return false;
        item = read_value(reader);
        if (!item)
            return false;
        item->name = name;
        if (value->count == room) {
            struct json_value **more;

            room = room ? 2 * room : 8;
            more = arena_alloc(reader->arena, room * sizeof *more);
            for (size_t i = 0; i < value->count; i++)
                more[i] = value->item[i];
            value->item = more;
        }
        value->item[value->count++] = item;
    } while (take(reader, ","));
    return take(reader, end);
}

static bool read_kind(struct json_reader *reader, struct json_value *value)
{
    skip_spaces(reader);
    value->kind = *reader->at == '{'   ? JSON_OBJECT
                  : *reader->at == '[' ? JSON_ARRAY
                  : *reader->at == '"' ? JSON_STRING
                                       : JSON_NUMBER;
    if (value->kind == JSON_STRING)
        return (value->text = read_string(reader)) != NULL;
    if (take(reader, "{"))
        return read_items(reader, value, "}");
    if (take(reader, "["))
        return read_items(reader, value, "]");
    if (take(reader, "null"))
        value->kind = JSON_NULL;
    else if (take(reader, "true"))
        value->kind = JSON_BOOL, value->number = 1;
    else if (take(reader, "false"))
        value->kind = JSON_BOOL;
    else
        return read_number(reader, &value->number);
    return true;
}

static struct json_value *read_value(struct json_reader *reader)
{
    struct json_value *value = arena_alloc(reader->arena, sizeof *value);
    bool good = reader->depth++ < DEPTH_MOST && read_kind(reader, value);

    reader->depth--;
    return good ? value : NULL;
}

const struct json_value *json_read(struct arena *arena, const char *text)
{
    struct json_reader reader = { arena, text, 0 };
    struct json_value *value = read_value(&reader);

    skip_spaces(&reader);
    return *reader.at ? NULL : value;
}

const struct json_value *json_read_member(const struct json_value *value,
                                          const char *name)
{
    for (size_t i = 0; i < value->count; i++)
        if (value->item[i]->name && !strcmp(value->item[i]->name, name))
            return value->item[i];
    return NULL;
}
