/*
 * json.c -- see json.h.
 *
 * Whether a comma is due needs one bit, not a stack of them: after an opening
 * bracket none is, after a value or a closing bracket one is, on every level.
 */
#include "sched/base/json.h"

#include <inttypes.h>

#include "sched/base/clock.h"
#include "sched/base/decimal.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

void json_init(struct json *json, struct strbuf *out, bool ascii)
{
    *json = (struct json){ .out = out, .ascii = ascii };
}

/* \uXXXX, two of them (a surrogate pair, RFC 8259 section 7) past U+FFFF. */
static void add_escaped(struct strbuf *out, uint32_t rune)
{
    if (rune > 0xffff) {
        rune -= 0x10000;
        strbuf_addf(out, "\\u%04x", (unsigned)(0xd800 + (rune >> 10)));
        rune = 0xdc00 + (rune & 0x3ff);
    }
    strbuf_addf(out, "\\u%04x", (unsigned)rune);
}

/* How many characters come first that stand for themselves. */
static size_t plain_length(const char *text)
{
    size_t length = 0;

    while (text[length] >= ' ' && text[length] <= '~' && text[length] != '"' &&
           text[length] != '\\')
        length++;
    return length;
}

/* Bytes that are not UTF-8 come out of text_decode as U+FFFD. C1 control
 * characters are escaped like C0 ones, because terminals may obey both. */
static void add_quoted(const struct json *json, const char *text)
{
    strbuf_addc(json->out, '"');
    for (;;) {
        size_t plain = plain_length(text);
        uint32_t rune;
        char bytes[4];

        strbuf_add(json->out, text, plain);
        text += plain;
        if (!*text)
            break;
        text += text_decode(text, &rune);
        if (rune == '"' || rune == '\\')
            strbuf_addf(json->out, "\\%c", (int)rune);
        else if (rune < 0x20 || (rune >= 0x7f && rune <= 0x9f) ||
                 (rune > 0x9f && json->ascii))
            add_escaped(json->out, rune);
        else
            strbuf_add(json->out, bytes, text_encode(bytes, rune));
    }
    strbuf_addc(json->out, '"');
}

/* All that stands before a value. */
static void begin_value(struct json *json, const char *name)
{
    if (json->comma)
        strbuf_addc(json->out, ',');
    if (json->line)
        strbuf_addc(json->out, '\n');
    json->comma = true;
    json->line = false;
    if (!name)
        return;
    add_quoted(json, name);
    strbuf_addc(json->out, ':');
}

/* The bracket itself counts as a value for the comma before it, but nothing
 * precedes the first value inside it. */
void json_begin(struct json *json, const char *name, char bracket)
{
    begin_value(json, name);
    strbuf_addc(json->out, bracket);
    json->comma = false;
}

void json_end(struct json *json, char bracket)
{
    strbuf_addc(json->out, bracket);
    json->comma = true;
}

void json_line(struct json *json)
{
    json->line = true;
}

void json_string(struct json *json, const char *name, const char *text)
{
    begin_value(json, name);
    add_quoted(json, text);
}

void json_null(struct json *json, const char *name)
{
    begin_value(json, name);
    strbuf_adds(json->out, "null");
}

void json_bool(struct json *json, const char *name, bool value)
{
    begin_value(json, name);
    strbuf_adds(json->out, value ? "true" : "false");
}

void json_int(struct json *json, const char *name, int64_t value)
{
    begin_value(json, name);
    decimal_int(json->out, value);
}

void json_uint(struct json *json, const char *name, uint64_t value)
{
    begin_value(json, name);
    decimal_uint(json->out, value);
}

/* null for a time that never came: 0 or -1 would look like a time. */
void json_ms(struct json *json, const char *name, int64_t ns)
{
    if (ns < 0 || ns == TIME_NEVER) {
        json_null(json, name);
        return;
    }
    begin_value(json, name);
    decimal_ms(json->out, ns);
}

void json_scaled(struct json *json, const char *name, int64_t value, int digits)
{
    int64_t scale = 1;

    for (int i = 0; i < digits; i++)
        scale *= 10;
    begin_value(json, name);
    strbuf_addf(json->out, "%" PRId64 ".%0*" PRId64, value / scale, digits,
                value % scale);
}

void json_real(struct json *json, const char *name, double value, int digits)
{
    begin_value(json, name);
    decimal_real(json->out, value, digits);
}

/* For measured values: their trailing zeros show the precision. printf writes a
 * point here, because cli sets LC_NUMERIC to C. */
void json_fixed(struct json *json, const char *name, double value, int digits)
{
    begin_value(json, name);
    strbuf_addf(json->out, "%.*f", digits, value);
}
