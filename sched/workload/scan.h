/*
 * scan.h -- tokens, numbers and times from one statement of workload text.
 *
 * Each function takes what it looks for at the scanner's position, skipping
 * blanks before it, and moves past it. Inside parentheses, and after `:` `,`
 * `;`, the end of a line is a blank, unless the next line begins a statement.
 * One that returns false has filled the diag. One thread at a time.
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
    const char *text, *text_end;
    const char *start; /* of the line */
    int line;
    int parentheses;     /* open ones */
    int first_column;    /* of the text's lines */
    const char *counted; /* columns are known up to here */
    int column;          /* of counted */
    /* Does a statement begin with this word? NULL: lines never go on. */
    bool (*is_statement)(struct token token);
};

/* Put the scanner at the start of the line of text that begins at start. */
void scan_line(struct scan *scan, const char *start, int line);

/* Put it at the start of the next line; false: there is none. */
bool scan_next_line(struct scan *scan);

/* The column of a place in the current line: in characters, from 1. */
int scan_column(struct scan *scan, const char *at);

/* Fill the diag with a mistake at a place in this line or one before; false. */
bool scan_fail(struct scan *scan, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a place in any line that has been read. */
bool scan_fail_at(struct scan *scan, int line, int column, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));

/* Is the rest of the line blank or a comment, and does it not go on? */
bool scan_done(struct scan *scan);

/* Does this text come next? It is not taken. */
bool scan_sees(struct scan *scan, const char *text);

/* Take the character c, the characters of mark, or the word text, if they come
 * next. */
bool scan_accept(struct scan *scan, char c);
bool scan_accept_mark(struct scan *scan, const char *mark);
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

/* Take a name as calculations know it: without `-` and `.`; length 0: there is
 * none. */
struct token scan_word(struct scan *scan);

/* Does a digit come next? */
bool scan_sees_digit(struct scan *scan);

/* Take a whole number without a sign, as large as 64 bits are. */
bool scan_integer(struct scan *scan, int64_t *value);

/* Take a whole number from least to most. */
bool scan_number(struct scan *scan, int64_t *value, int64_t least, int64_t most,
                 const char *example);

/* Take a time of at least least_ns. */
bool scan_duration(struct scan *scan, int64_t *ns, int64_t least_ns,
                   const char *example);

#endif
