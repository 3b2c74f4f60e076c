/*
 * json.h -- writing JSON: the commas, the quotes and the numbers.
 *
 * Every value is written by one call. name is its key inside an object; inside
 * an array, and for the outermost value, it is NULL. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_BASE_JSON_H
#define CONCVIZ_SCHED_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

struct strbuf;

struct json {
    struct strbuf *out; /* borrowed */
    bool ascii;         /* escape everything beyond ASCII */
    bool comma;         /* a value precedes the next one */
    bool line;          /* the next value begins a line */
};

/* Append to out. ascii: the same strings for a program, but harmless on a
 * terminal that does not know UTF-8. */
void json_init(struct json *json, struct strbuf *out, bool ascii);

/* Begin an object ('{') or an array ('['), and end it ('}' or ']'). */
void json_begin(struct json *json, const char *name, char bracket);
void json_end(struct json *json, char bracket);

/* Let the next value begin a new line, so that long lists can be read. */
void json_line(struct json *json);

/* Bytes that are not UTF-8 become U+FFFD. */
void json_string(struct json *json, const char *name, const char *text);

void json_null(struct json *json, const char *name);
void json_bool(struct json *json, const char *name, bool value);
void json_int(struct json *json, const char *name, int64_t value);
void json_uint(struct json *json, const char *name, uint64_t value);

/* A time as milliseconds, exact; null for TIME_NEVER and below 0. */
void json_ms(struct json *json, const char *name, int64_t ns);

/* value, from 0 on, divided by 10 to the power of `digits`, exact and with as
 * many decimals: equal values are equal texts. */
void json_scaled(struct json *json, const char *name, int64_t value,
                 int digits);

/* Rounded to `digits` decimals, without zeros at the end (decimal_real). */
void json_real(struct json *json, const char *name, double value, int digits);

/* With exactly `digits` decimals. */
void json_fixed(struct json *json, const char *name, double value, int digits);

#endif
