/*
 * player_notice.c -- a newer notice replaces an older one: there is one line.
 */
#include "cli/player/player_notice.h"

#include <stdio.h>

#include "sched/base/clock.h"

void player_notice_set(struct player_notice *notice, const char *text,
                       int64_t for_ns)
{
    snprintf(notice->text, sizeof notice->text, "%s", text);
    notice->until_ns = for_ns ? clock_now_ns() + for_ns : TIME_NEVER;
}

bool player_notice_expire(struct player_notice *notice, int64_t now_ns)
{
    if (!notice->text[0] || now_ns < notice->until_ns)
        return false;
    notice->text[0] = '\0';
    return true;
}
