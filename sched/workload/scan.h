/*
 * scan.h -- tokens, numbers and times from one line of workload text.
 *
 * Each function takes what it looks for at the scanner's position, skipping
 * blanks before it, and moves past it. One that returns false has filled the
 * diag. One thread at a time.
 */
#ifndef CONCVIZ_SCHED_WORKLOAD_SCAN_H
#define CONCVIZ_SCHED_WORKLOAD_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag;

/* A word or a name, in the text. */
struct token {
    const char *text; /* not NUL-terminated */
    size_t length;    /* 0: there is none */
};

struct scan {
    const char *file;
    struct diag *diag;
    const char *pos, *end; /* what is left of the line */
    int line;
    int first_column;    /* of the text's lines */
    const char *counted; /* columns are known up to here */
    int column;          /* of counted */
};

/* Put the scanner at the start of a line of text. */
void scan_line(struct scan *scan, const char *start, const char *end, int line);

/* The column of a place in the current line: in characters, from 1. */
int scan_column(struct scan *scan, const char *at);

/* Fill the diag with a mistake at a place in the current line; false. */
bool scan_fail(struct scan *scan, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a place in any line that has been read. */
bool scan_fail_at(struct scan *scan, int line, int column, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));

/* Is the rest of the line blank or a comment? */
bool scan_done(struct scan *scan);

/* Take the character c, or the word text, if it comes next. */
bool scan_accept(struct scan *scan, char c);
bool scan_accept_word(struct scan *scan, const char *text);

/* Look at the next token without taking it; take it. */
struct token scan_peek(struct scan *scan);
struct token scan_token(struct scan *scan);
bool scan_token_is(struct token token, const char *text);

/* Has a token more characters than a name may have? */
bool scan_token_is_long(struct token token);

/* What comes next, or a token: cleaned and in quotes, for messages. */
struct quoted {
    char text[64];
};
struct quoted scan_found(struct scan *scan);
struct quoted scan_quote(struct token token);

/* Take a name; example shows the statement or step as it should look. */
bool scan_name(struct scan *scan, struct token *name, const char *example);

/* Take a whole number from least to most. */
bool scan_number(struct scan *scan, int64_t *value, int64_t least, int64_t most,
                 const char *example);

/* Take a time of at least least_ns. */
bool scan_duration(struct scan *scan, int64_t *ns, int64_t least_ns,
                   const char *example);

#endif
