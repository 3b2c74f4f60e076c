/*
 * session_race.c -- the data race of lesson 14, for real.
 */
#include <stdio.h>
#include <string.h>

#include "cli/lesson/race.h"
#include "cli/lesson/session_internal.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"

static const int64_t race_ns = NS_PER_S / 2;

void session_race(struct session *session)
{
    struct race race;
    int64_t lost;
    char text[PAGE_VIEW_NOTICE_BYTES];
    int error = race_run(race_ns, &race);

    if (error) {
        page_view_notice(&session->pages, strerror(-error));
        return;
    }
    lost = race.additions - race.number;
    snprintf(text, sizeof text,
             _("added %lld times, in n: %lld; lost: %lld (%.1f %%)"),
             (long long)race.additions, (long long)race.number, (long long)lost,
             100.0 * (double)lost / (double)race.additions);
    page_view_notice(&session->pages, text);
}
