/*
 * keys_table.h -- every key of the live screen; for keys*.c only.
 */
#ifndef CONCVIZ_CLI_PLAYER_KEYS_TABLE_H
#define CONCVIZ_CLI_PLAYER_KEYS_TABLE_H

#include <stdint.h>

#include "cli/player/keys.h"

enum {
    KEYS_EACH = 5
};

/* In which states the footer offers a key. */
enum state {
    WHILE_MOVING = 1 << 0,
    WHILE_PAUSED = 1 << 1,
    WHEN_ENDED = 1 << 2,
    IN_PANEL = 1 << 3,
    ON_SCREEN = WHILE_MOVING | WHILE_PAUSED | WHEN_ENDED,
};

/*
 * Rows with a help text make up the help, in this order; rows without stand
 * below the one that explains them. label is what the footer calls the keys
 * of the row (NULL: not in the footer); the footer has its own order: rank.
 */
struct binding {
    enum player_action action;
    uint32_t key[KEYS_EACH];
    const char *keys, *ascii_keys;   /* as the help writes them */
    const char *help;                /* marked with N_() */
    const char *label, *ascii_label; /* the keys, in the footer */
    const char *meaning;             /* in the footer, marked with N_() */
    unsigned state;                  /* enum state */
    int rank;
};

/* keys_bindings of them. */
extern const struct binding keys_table[];
extern const int keys_bindings;

#endif
