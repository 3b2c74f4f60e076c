/*
 * page_keys.h -- one table a screen: what each key does, and what is said
 * about it in the help and in the footer. So the help cannot be wrong.
 *
 * Any thread.
 */
#ifndef CONCVIZ_CLI_PAGE_PAGE_KEYS_H
#define CONCVIZ_CLI_PAGE_PAGE_KEYS_H

#include <stdbool.h>
#include <stdint.h>

struct strbuf;

enum {
    KEYS_EACH = 5
};

/*
 * A row of the table. Rows that share a key: the first one counts, and neither
 * help nor footer offers the key for what another row does with it. A row
 * without keys only adds to the footer. The last row is empty, or says in
 * which table this one goes on.
 */
struct key_binding {
    uint32_t key[KEYS_EACH]; /* characters or enum terminal_key; 0: no more */
    uint32_t last;           /* all keys from key[0] to this one, or 0 */
    void (*act)(void *screen, int amount); /* NULL: nothing */
    int amount;         /* for act; with last: plus the place in the range */
    const char *help;   /* N_("what it does"), or NULL: not in the help */
    const char *keys;   /* there, instead of the names of the keys, or NULL */
    const char *footer; /* N_("a word or two"), or NULL: not in the footer */
    const char *label;  /* there, instead of the first key's name, or NULL */
    unsigned when;      /* in the footer of these states: bits of the screen */
    int rank;           /* place in the footer; rows of one rank: as here */
    const struct key_binding *more; /* in the last row: the next table */
};

/* For rows that are easy to read: { KEYS('x', TKEY_END), ACT(go, 1), … }. */
#define KEYS(...)            .key = { __VA_ARGS__ }
#define KEYS_END             .key = { 0 }
#define KEYS_GO_ON(table)    .more = (table)
#define ACT(handler, number) .act = (handler), .amount = (number)
#define HELP(text)           .help = (text)
#define FOOTER(text, states, place)                                            \
    .footer = (text), .when = (states), .rank = (place)

/*
 * The row of a key, or NULL. A letter that does nothing as a capital does what
 * the small one does: Caps Lock is no mistake.
 */
const struct key_binding *page_keys_find(const struct key_binding *table,
                                         uint32_t key);

/* Do what the row of this key says. Returns whether the table has the key. */
bool page_keys_press(const struct key_binding *table, void *screen,
                     uint32_t key);

/* The row with that label in the footer ("Space", "+-"), or NULL. For
 * clicks. */
const struct key_binding *page_keys_labelled(const struct key_binding *table,
                                             const char *label);

/*
 * All rows of the help, "keys\tmeaning", translated, NULL at the end; ascii:
 * arrows as words. Free with page_keys_help_free.
 */
char **page_keys_help(const struct key_binding *table, bool ascii);
void page_keys_help_free(char **help);

/* Append the footer for a state (one bit of when): "label\tmeaning\n…",
 * translated. */
void page_keys_footer(struct strbuf *out, const struct key_binding *table,
                      unsigned state, bool ascii);

#endif
