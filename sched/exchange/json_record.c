/*
 * json_record.c -- yajl says what comes next, and we know where we are.
 *
 *   depth        0  1              2  3        4
 *                   {"traceEvents":[  {"args": {"name": …
 *   list_depth                     2  |
 *   record_depth                      3
 *   path                              args     .name
 *
 * Numbers stay text: a time must not pass through a double. Nothing here is
 * recursive, and yajl keeps one byte for each level; a token that does not end is
 * the only thing that it would keep growing memory for, so that is looked
 * after.
 */
#include "sched/exchange/json_record.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

enum {
    PATH_BYTES = 64,
    LEVELS = 4, /* of a record that can be wanted */
};

struct json_reader {
    yajl_handle yajl;
    const struct json_shape *shape;
    void *context;
    enum json_state state;
    int depth;        /* objects and arrays that are open */
    int list_depth;   /* of the list of records, or 0 */
    int record_depth; /* of the record that is read, or 0 */
    bool list_next;   /* the value that follows may be the list … */
    bool alone_next;  /* … or stand alone */

    char path[PATH_BYTES];
    int path_length[LEVELS]; /* of what stands before a key of this level; -1:
                                nothing there is wanted */
    bool path_fits;

    struct strbuf text; /* of the record's values, each with its NUL */
    struct json_value value[JSON_WANTED_MAX];
    size_t text_at[JSON_WANTED_MAX];

    const char *chunk; /* what is read now */
    size_t counted;    /* bytes of it that are in line and column */
    int line, column;
    size_t silent; /* bytes since yajl last said anything */
    bool heard;
    char before; /* the last byte of earlier text that is no space */
};

/* --- the values of a record ----------------------------------------------- */

static void begin_record(struct json_reader *reader)
{
    reader->record_depth = reader->depth;
    reader->path_fits = false;
    reader->path_length[0] = 0;
    strbuf_clear(&reader->text);
    for (int i = 0; i < reader->shape->wanted_count; i++)
        reader->value[i] = (struct json_value){ .kind = JSON_ABSENT };
}

/* The texts have stopped moving: say where they are. */
static bool end_record(struct json_reader *reader)
{
    reader->record_depth = 0;
    for (int i = 0; i < reader->shape->wanted_count; i++)
        reader->value[i].text = reader->value[i].kind == JSON_ABSENT
                                    ? ""
                                    : reader->text.text + reader->text_at[i];
    if (reader->shape->record(reader->context, reader->value))
        return true;
    reader->state = JSON_ENOUGH;
    return false;
}

/* A NUL would hide what is behind it. */
static void keep_text(struct json_reader *reader, const char *text,
                      size_t length)
{
    size_t from = reader->text.length;

    strbuf_add(&reader->text, text, length);
    for (size_t i = from; i < reader->text.length; i++)
        if (reader->text.text[i] == '\0')
            reader->text.text[i] = '?';
    strbuf_add(&reader->text, "", 1);
}

static bool is_wanted(const struct json_reader *reader, const char *wanted,
                      size_t length)
{
    return wanted[0] == reader->path[0] && strlen(wanted) == length &&
           memcmp(wanted, reader->path, length) == 0;
}

static int take_value(struct json_reader *reader, enum json_kind kind,
                      const char *text, size_t length)
{
    size_t path = strlen(reader->path);

    reader->heard = true;
    reader->list_next = reader->alone_next = false;
    if (!reader->record_depth || !reader->path_fits)
        return 1;
    if (length > JSON_TEXT_MAX)
        length = JSON_TEXT_MAX;
    for (int i = 0; i < reader->shape->wanted_count; i++) {
        if (!is_wanted(reader, reader->shape->wanted[i], path))
            continue;
        reader->text_at[i] = reader->text.length;
        reader->value[i].kind = kind;
        reader->value[i].length = length;
        keep_text(reader, text, length);
        break;
    }
    return 1;
}

/* --- what yajl says ------------------------------------------------------- */

static int on_null(void *context)
{
    return take_value(context, JSON_OTHER, "", 0);
}

static int on_boolean(void *context, int value)
{
    (void)value;
    return take_value(context, JSON_OTHER, "", 0);
}

static int on_number(void *context, const char *text, size_t length)
{
    return take_value(context, JSON_NUMBER, text, length);
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    return take_value(context, JSON_STRING, (const char *)text, length);
}

/* The path of a key begins with those of the objects around it. */
static void take_key(struct json_reader *reader, const char *key, size_t length)
{
    int level = reader->depth - reader->record_depth;
    size_t at;

    reader->path_fits = false;
    if (level >= LEVELS || reader->path_length[level] < 0)
        return;
    at = (size_t)reader->path_length[level];
    if (at + length + 2 > PATH_BYTES)
        return;
    memcpy(reader->path + at, key, length);
    reader->path[at + length] = '\0';
    reader->path_fits = true;
}

static bool is_key(const char *wanted, const char *key, size_t length)
{
    return strlen(wanted) == length && memcmp(wanted, key, length) == 0;
}

static int on_key(void *context, const unsigned char *text, size_t length)
{
    struct json_reader *reader = context;
    const char *key = (const char *)text;

    reader->heard = true;
    if (reader->record_depth) {
        take_key(reader, key, length);
    } else if (reader->depth == 1) {
        reader->list_next = is_key(reader->shape->list, key, length);
        reader->alone_next = is_key(reader->shape->alone, key, length);
    }
    return 1;
}

static bool deepen(struct json_reader *reader)
{
    reader->heard = true;
    if (++reader->depth <= JSON_DEPTH_MAX)
        return true;
    reader->state = JSON_TOO_DEEP;
    return false;
}

/* Keys inside an object that is a value of a record have its key before them;
 * an array on the way makes no difference. */
static void enter(struct json_reader *reader, const char *dot)
{
    int level = reader->depth - reader->record_depth;
    size_t length = strlen(reader->path);

    if (level >= LEVELS)
        return;
    reader->path_length[level] = -1;
    if (!reader->path_fits)
        return;
    assert(length + 2 <= PATH_BYTES);
    strcpy(reader->path + length, dot);
    reader->path_length[level] = (int)strlen(reader->path);
}

/* Does the object that begins belong to nothing else that is wanted? */
static bool is_record(const struct json_reader *reader)
{
    if (!reader->shape->list)
        return reader->depth == 1;
    return reader->list_depth ? reader->depth == reader->list_depth + 1
                              : reader->depth == 2 && reader->alone_next;
}

static int on_object(void *context)
{
    struct json_reader *reader = context;

    if (!deepen(reader))
        return 0;
    if (reader->record_depth)
        enter(reader, ".");
    else if (is_record(reader))
        begin_record(reader);
    reader->list_next = reader->alone_next = false;
    return 1;
}

static int on_object_end(void *context)
{
    struct json_reader *reader = context;

    reader->heard = true;
    reader->path_fits = false;
    if (reader->depth-- == reader->record_depth)
        return end_record(reader);
    return 1;
}

static int on_array(void *context)
{
    struct json_reader *reader = context;

    if (!deepen(reader))
        return 0;
    if (reader->record_depth)
        enter(reader, "");
    else if (reader->shape->list &&
             (reader->depth == 1 || (reader->depth == 2 && reader->list_next)))
        reader->list_depth = reader->depth;
    reader->list_next = reader->alone_next = false;
    return 1;
}

static int on_array_end(void *context)
{
    struct json_reader *reader = context;

    reader->heard = true;
    if (reader->list_depth == reader->depth)
        reader->list_depth = 0;
    reader->depth--;
    return 1;
}

/* --- reading -------------------------------------------------------------- */

/* No memory ends the program, as everywhere. */
static void *allocate(void *context, size_t size)
{
    (void)context;
    return xreallocarray(NULL, 1, size);
}

static void *reallocate(void *context, void *old, size_t size)
{
    (void)context;
    return xreallocarray(old, 1, size);
}

static void release(void *context, void *old)
{
    (void)context;
    free(old);
}

/* Strings that are not UTF-8 are let through: whoever shows one cleans it. */
struct json_reader *json_record_new(const struct json_shape *shape,
                                    void *context)
{
    static const yajl_callbacks callbacks = {
        .yajl_null = on_null,
        .yajl_boolean = on_boolean,
        .yajl_number = on_number,
        .yajl_string = on_string,
        .yajl_start_map = on_object,
        .yajl_map_key = on_key,
        .yajl_end_map = on_object_end,
        .yajl_start_array = on_array,
        .yajl_end_array = on_array_end,
    };
    yajl_alloc_funcs memory = { allocate, reallocate, release, NULL };
    struct json_reader *reader = xcalloc(1, sizeof *reader);

    reader->shape = shape;
    reader->context = context;
    reader->line = reader->column = 1;
    reader->chunk = "";
    strbuf_init(&reader->text);
    reader->yajl = yajl_alloc(&callbacks, &memory, reader);
    yajl_config(reader->yajl, yajl_dont_validate_strings, 1);
    if (!shape->list)
        yajl_config(reader->yajl, yajl_allow_multiple_values, 1);
    return reader;
}

void json_record_free(struct json_reader *reader)
{
    if (!reader)
        return;
    yajl_free(reader->yajl);
    strbuf_fini(&reader->text);
    free(reader);
}

/* Count lines and columns up to this byte of the chunk. */
static void count_to(struct json_reader *reader, size_t to)
{
    const char *at = reader->chunk + reader->counted;
    const char *end = reader->chunk + to, *newline;

    while (at < end && (newline = memchr(at, '\n', (size_t)(end - at)))) {
        if (reader->line < INT_MAX)
            reader->line++;
        reader->column = 1;
        at = newline + 1;
    }
    if (end - at < INT_MAX - reader->column)
        reader->column += (int)(end - at);
    reader->counted = to;
}

void json_record_place(struct json_reader *reader, int *line, int *column)
{
    size_t to = yajl_get_bytes_consumed(reader->yajl);

    if (to > reader->counted && reader->state != JSON_FINE)
        to--;
    if (to > reader->counted)
        count_to(reader, to);
    *line = reader->line;
    *column = reader->column;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Many programs write a comma behind the last record, too. */
static bool is_comma_before_end(const struct json_reader *reader, size_t end)
{
    char before = reader->before;

    if (reader->record_depth || !reader->list_depth || end == 0 ||
        reader->chunk[end - 1] != ']')
        return false;
    for (size_t i = end - 1; i-- > 0;)
        if (!is_space(reader->chunk[i])) {
            before = reader->chunk[i];
            break;
        }
    return before == ',';
}

static void remember_last(struct json_reader *reader, size_t length)
{
    while (length-- > 0)
        if (!is_space(reader->chunk[length])) {
            reader->before = reader->chunk[length];
            break;
        }
}

enum json_state json_record_read(struct json_reader *reader, const char *text,
                                 size_t length)
{
    yajl_status status;

    if (reader->state != JSON_FINE)
        return reader->state;
    reader->chunk = text;
    reader->counted = 0;
    reader->heard = false;
    status = yajl_parse(reader->yajl, (const unsigned char *)text, length);
    if (status == yajl_status_error)
        reader->state = is_comma_before_end(
                            reader, yajl_get_bytes_consumed(reader->yajl))
                            ? JSON_COMMA
                            : JSON_BROKEN;
    if (reader->state != JSON_FINE)
        return reader->state;
    count_to(reader, length);
    remember_last(reader, length);
    reader->silent = reader->heard ? 0 : reader->silent + length;
    if (reader->silent > JSON_TOKEN_MAX)
        reader->state = JSON_TOO_LONG;
    return reader->state;
}

bool json_record_is_whole(const struct json_reader *reader)
{
    return reader->depth == 0 ||
           (reader->depth == 1 && reader->list_depth == 1);
}
