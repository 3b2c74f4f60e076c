/*
 * json_text.h -- reading JSON strictly (RFC 8259), for tests of what we write.
 *
 * A value is a pointer to its first character within a text that
 * json_text_valid has accepted.
 */
#ifndef CONCVIZ_TESTS_CHECK_JSON_TEXT_H
#define CONCVIZ_TESTS_CHECK_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Is text one value, of UTF-8, without control characters, and nothing after
 * it but space? Returns NULL, or where it is wrong. */
const char *json_text_wrong(const char *text);

/* The value behind that key of an object, or NULL. */
const char *json_text_get(const char *object, const char *key);

/* The first value of an array or object, or NULL; the one after a value there,
 * or NULL. Of an object's values *key (may be NULL) becomes the key. */
const char *json_text_first(const char *container, const char **key);
const char *json_text_next(const char *value, const char **key);

/* How many characters a value has. */
size_t json_text_length(const char *value);

/* Are they these? (Strings with their quotes.) */
bool json_text_is(const char *value, const char *literal);

/* The number if the value is written as an integer, else INT64_MIN. */
int64_t json_text_integer(const char *value);

/* Decode a string, which is a value; returns out, "" for anything else. */
const char *json_text_string(const char *value, char *out, size_t size);

#endif
