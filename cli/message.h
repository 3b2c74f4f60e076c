/*
 * message.h -- one line for the person, on standard error.
 *
 * What is quoted in it is made safe; it always ends with one newline. Main
 * thread, and only while the terminal shows no picture.
 */
#ifndef CONCVIZ_CLI_MESSAGE_H
#define CONCVIZ_CLI_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct strbuf;
struct workload;

/* The exit status of the program; 128 + n is a signal's own doing. */
enum exit_status {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,    /* a system error */
    EXIT_USAGE = 2,     /* wrong usage or bad input */
    EXIT_NO_MEMORY = 3, /* xalloc.c */
    EXIT_DEADLOCK = 4,
    EXIT_INCOMPLETE = 5, /* what was to be kept was not kept (a full disk) */
    EXIT_OVERFLOW = 70,  /* a task's stack */
};

/* "concviz: …" */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "FILE:LINE:COLUMN: …", or "concviz: …" for what has no place. */
void message_diag(const struct diag *diag);

/* "FILE:LINE:COLUMN: warning: …" for all there is to say of a workload that may
 * be run all the same. */
void message_warnings(const struct workload *workload);

/*
 * Print text for people on standard output. Where the locale has no UTF-8 a
 * character it does not know becomes '?': its bytes could be commands to an
 * 8-bit terminal. (JSON is for programs, and always UTF-8.)
 */
void message_text(const char *text, size_t length);

/* The same with all of text, which is freed. */
void message_print(struct strbuf *text);

/*
 * See that all of standard output has been written. Returns status, or
 * EXIT_FAILED after saying what went wrong (a full disk, a closed pipe).
 */
int message_finished(int status);

#endif
