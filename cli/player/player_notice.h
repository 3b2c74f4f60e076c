/*
 * player_notice.h -- one line for the person, and how long it stays.
 *
 * Main thread only.
 */
#ifndef CONCVIZ_CLI_PLAYER_PLAYER_NOTICE_H
#define CONCVIZ_CLI_PLAYER_PLAYER_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

struct player_notice {
    char text[384];   /* empty: nothing is said */
    int64_t until_ns; /* on our clock; TIME_NEVER: it stays */
};

/* Show text for so long; 0: until another one. "" shows none. */
void player_notice_set(struct player_notice *notice, const char *text,
                       int64_t for_ns);

/* Take it away if its time is over. Returns whether it was. */
bool player_notice_expire(struct player_notice *notice, int64_t now_ns);

#endif
