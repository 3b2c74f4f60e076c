/*
 * chrome_check.h -- does a file of Chrome Trace Event JSON keep to all that its
 * readers were seen to insist on?
 *
 * Stricter than any one of them: what one refuses, warns of, draws elsewhere or
 * takes for something else is wrong here.
 */
#ifndef CONCVIZ_TESTS_CHECK_CHROME_CHECK_H
#define CONCVIZ_TESTS_CHECK_CHROME_CHECK_H

#include <stdbool.h>
#include <stddef.h>

struct strbuf;

/* Append what is wrong with text, and in which event, to why. Returns whether
 * nothing is. states: thread states (T) are allowed. *events (may be NULL)
 * becomes how many there are. */
bool chrome_check(const char *text, bool states, struct strbuf *why,
                  size_t *events);

#endif
