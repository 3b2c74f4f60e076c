/*
 * journal_remark.c -- what is told about a file that was not all right.
 *
 * A file of others is taken as far as it goes, and what was left out or guessed
 * is said: each kind once, with its first place and how often.
 */
#include <limits.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/exchange/journal_internal.h"

static const char *const remark_text[REMARKS] = {
    [REMARK_BROKEN] = N_("this is not JSON any more; what stands before it is "
                         "read"),
    [REMARK_CUT] = N_("the file ends in the middle of something; what stands "
                      "before it is read"),
    [REMARK_TOO_DEEP] = N_("this is nested more than 200 deep; what stands "
                           "before it is read"),
    [REMARK_TOO_LONG] = N_(
        "this is longer than 1 MiB; what stands before it is "
        "read"),
    [REMARK_TOO_BIG] = N_("only the first 2 GiB are read"),
    [REMARK_PACKED_CUT] = N_("the packed data end too early; what could be "
                             "unpacked is read"),
    [REMARK_PACKED_DAMAGED] = N_("the packed data are damaged; what could be "
                                 "unpacked is read"),
    [REMARK_FAILED] = N_("the system could not read the file to its end"),
    [REMARK_MOMENTS] = N_("only the first 20,000,000 things that happen are "
                          "read"),
    [REMARK_LANES] = N_("only the first 100,000 tasks are read"),
    [REMARK_WORDS] = N_("only the first 100,000 different names are read"),
    [REMARK_PLACES] = N_("only the first 1,000 cores are shown"),
    [REMARK_NO_TIME] = N_("an event without a time is left out"),
    [REMARK_BAD_TIME] = N_("an event whose time is no number, or too large, is "
                           "left out"),
    [REMARK_NO_DURATION] = N_("a slice without a duration is left out"),
    [REMARK_NO_ID] = N_("an event without the id that it needs is left out"),
    [REMARK_BAD_LINE] = N_("a line that says nothing known is left out"),
    [REMARK_NO_BEGIN] = N_("the end of a slice that never began is left out"),
    [REMARK_NO_END] = N_("a slice that never ends is taken to end with the "
                         "trace"),
    [REMARK_LOST] = N_("somebody comes to a core that another one was not seen "
                       "to leave: where that one was then is not known"),
    [REMARK_TWO_RUNS] = N_("this file compares two runs; the first one is "
                           "read"),
    [REMARK_NO_CORES] = N_("the file does not say on which cores; as many "
                           "machines are shown as computed at once"),
};

void journal_remark(struct journal *journal, enum journal_remark_kind remark,
                    int line, int column)
{
    struct journal_told *told = &journal->told[remark];

    if (told->times == 0) {
        told->line = line;
        told->column = column;
    }
    if (told->times < INT_MAX)
        told->times++;
}

void journal_refuse(const struct journal *journal, struct diag *diag)
{
    const struct journal_told *told = &journal->told[0];

    for (int i = 1; i < REMARKS && told->line == 0; i++)
        if (journal->told[i].times > 0)
            told = &journal->told[i];
    diag_set(diag, journal->path, told->line, told->column, "%s",
             _("nothing in this file can be shown: no slice, switch or change "
               "of a task"));
}

void journal_remarks(const struct journal *journal, struct strbuf *lines)
{
    for (int i = 0; i < REMARKS; i++) {
        const struct journal_told *told = &journal->told[i];
        struct diag diag;

        if (told->times == 0)
            continue;
        diag_set(&diag, journal->path, told->line, told->column, "%s",
                 _(remark_text[i]));
        strbuf_adds(lines, diag.file);
        if (told->line > 0)
            strbuf_addf(lines, ":%d:%d", told->line, told->column);
        strbuf_addf(lines, ": %s", diag.message);
        if (told->times > 1)
            strbuf_addf(lines, _(" (%d times)"), told->times);
        strbuf_addc(lines, '\n');
    }
}
