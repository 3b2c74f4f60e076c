/*
 * json_text.c -- a reader that knows nothing of our writer.
 */
#include "tests/check/json_text.h"

#include <string.h>

#include "sched/base/text.h"

enum {
    DEPTH = 64
};

static const char *space(const char *at)
{
    return at + strspn(at, " \t\n\r");
}

/* --- one value: where it ends, or NULL ------------------------------------ */

static const char *past_digits(const char *at)
{
    size_t digits = strspn(at, "0123456789");

    return digits ? at + digits : NULL;
}

static const char *past_number(const char *at)
{
    at += *at == '-';
    if (*at == '0')
        at++;
    else if (!(at = past_digits(at)))
        return NULL;
    if (*at == '.' && !(at = past_digits(at + 1)))
        return NULL;
    if (*at != 'e' && *at != 'E')
        return at;
    at++;
    at += *at == '+' || *at == '-';
    return past_digits(at);
}

static const char *past_string(const char *at)
{
    for (at++; *at != '"';) {
        uint32_t rune;
        size_t bytes = text_decode(at, &rune);

        if ((unsigned char)*at < 0x20 || (rune == TEXT_BAD && bytes == 1))
            return NULL;
        if (*at != '\\')
            at += bytes;
        else if (at[1] == 'u' && strspn(at + 2, "0123456789abcdefABCDEF") >= 4)
            at += 6;
        else if (at[1] && strchr("\"\\/bfnrt", at[1]))
            at += 2;
        else
            return NULL;
    }
    return at + 1;
}

static const char *past_value(const char *at, int depth);

static const char *past_container(const char *at, int depth)
{
    char close = *at == '{' ? '}' : ']';

    at = space(at + 1);
    if (*at == close)
        return at + 1;
    for (;;) {
        if (close == '}') {
            if (*at != '"' || !(at = past_string(at)))
                return NULL;
            at = space(at);
            if (*at++ != ':')
                return NULL;
            at = space(at);
        }
        if (!(at = past_value(at, depth + 1)))
            return NULL;
        at = space(at);
        if (*at == close)
            return at + 1;
        if (*at++ != ',')
            return NULL;
        at = space(at);
    }
}

static const char *past_value(const char *at, int depth)
{
    static const char *const word[] = { "true", "false", "null" };

    if (depth > DEPTH)
        return NULL;
    if (*at == '{' || *at == '[')
        return past_container(at, depth);
    if (*at == '"')
        return past_string(at);
    for (size_t i = 0; i < 3; i++)
        if (strncmp(at, word[i], strlen(word[i])) == 0)
            return at + strlen(word[i]);
    return past_number(at);
}

/* --- answers -------------------------------------------------------------- */

const char *json_text_wrong(const char *text)
{
    const char *end = past_value(space(text), 0);

    if (!end)
        return text;
    return *space(end) ? space(end) : NULL;
}

/* From a key to its value. */
static const char *behind_key(const char *at, const char **key)
{
    if (key)
        *key = at;
    return space(space(past_string(at)) + 1);
}

/* Is a string that a ':' follows: a key. */
static const char *value_at(const char *at, const char **key)
{
    if (*at == '"' && *space(past_string(at)) == ':')
        return behind_key(at, key);
    return at;
}

const char *json_text_first(const char *container, const char **key)
{
    const char *at;

    if (!container || (*container != '{' && *container != '['))
        return NULL;
    at = space(container + 1);
    return *at == '}' || *at == ']' ? NULL : value_at(at, key);
}

const char *json_text_next(const char *value, const char **key)
{
    const char *at = space(past_value(value, 0));

    return *at == ',' ? value_at(space(at + 1), key) : NULL;
}

const char *json_text_get(const char *object, const char *key)
{
    const char *at, *name;

    if (!object || *object != '{')
        return NULL;
    for (at = json_text_first(object, &name); at;
         at = json_text_next(at, &name))
        if (strncmp(name + 1, key, strlen(key)) == 0 &&
            name[1 + strlen(key)] == '"')
            return at;
    return NULL;
}

size_t json_text_length(const char *value)
{
    return (size_t)(past_value(value, 0) - value);
}

bool json_text_is(const char *value, const char *literal)
{
    return value && json_text_length(value) == strlen(literal) &&
           memcmp(value, literal, strlen(literal)) == 0;
}

int64_t json_text_integer(const char *value)
{
    int64_t number = 0;
    size_t digits;

    if (!value)
        return INT64_MIN;
    digits = strspn(value + (*value == '-'), "0123456789");
    if (digits == 0 || digits > 18 ||
        digits + (*value == '-') != json_text_length(value))
        return INT64_MIN;
    for (const char *at = value + (*value == '-'); digits > 0; digits--)
        number = number * 10 + (*at++ - '0');
    return *value == '-' ? -number : number;
}

static uint32_t hex(const char *at)
{
    static const char digits[] = "0123456789abcdef";
    uint32_t number = 0;

    for (int i = 0; i < 4; i++)
        number = number * 16 +
                 (uint32_t)(strchr(digits, at[i] | 0x20) - digits);
    return number;
}

/* What a backslash and the characters behind it stand for. */
static uint32_t escaped(const char **at)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    uint32_t rune;

    if ((*at)[1] != 'u') {
        rune = (uint32_t)to[strchr(from, (*at)[1]) - from];
        *at += 2;
        return rune;
    }
    rune = hex(*at + 2);
    *at += 6;
    if (rune >= 0xd800 && rune < 0xdc00 && (*at)[0] == '\\' &&
        (*at)[1] == 'u') {
        rune = 0x10000 + ((rune - 0xd800) << 10) + (hex(*at + 2) - 0xdc00);
        *at += 6;
    }
    return rune;
}

const char *json_text_string(const char *value, char *out, size_t size)
{
    size_t length = 0;

    if (value && *value == '"')
        for (value++; *value != '"' && length + 4 < size;) {
            uint32_t rune;

            if (*value == '\\')
                rune = escaped(&value);
            else
                value += text_decode(value, &rune);
            if (rune < 0x80) /* text_encode writes no control characters */
                out[length++] = (char)rune;
            else
                length += text_encode(out + length, rune);
        }
    out[length] = '\0';
    return out;
}
