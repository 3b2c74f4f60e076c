/*
 * policy_text.c -- see policy_text.h. Only mlfq has settings: the allotments of
 * its levels, and after what time all are boosted.
 */
#include "sched/workload/policy_text.h"

#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/suggest.h"
#include "sched/policy/policy.h"
#include "sched/workload/scan.h"

static const char mlfq_example[] = "mlfq 10,20,40 boost 200";

/* --- reading -------------------------------------------------------------- */

static bool refuse(struct scan *scan, struct token token)
{
    struct quoted found = scan_found(scan);
    char typed[sizeof found.text] = "";
    struct suggestion near = { .typed = typed };

    if (token.length < sizeof typed)
        memcpy(typed, token.text, token.length);
    for (int i = 0; i < POLICIES; i++)
        suggest(&near, policy_table[i]->name);
    if (near.word)
        return scan_fail(scan, token.text,
                         _("%s is not a policy; did you mean \"%s\"?"),
                         found.text, near.word);
    return scan_fail(scan, token.text,
                     _("%s is not a policy; the policies are fifo, priority, "
                       "random, pick, sjf, srtf, mlfq, lottery, fair, rm and "
                       "edf"),
                     found.text);
}

/* "10,20,40", or nothing. */
static bool scan_allotments(struct scan *scan, struct policy_levels *levels)
{
    int count = 0;

    if (scan_done(scan) || *scan->pos < '0' || *scan->pos > '9')
        return true;
    do {
        if (count == POLICY_LEVELS_MAX)
            return scan_fail(scan, scan->pos,
                             _("mlfq has at most %d levels; remove some"),
                             POLICY_LEVELS_MAX);
        if (!scan_duration(scan, &levels->allotment_ns[count++], 1,
                           mlfq_example))
            return false;
    } while (scan_accept(scan, ','));
    levels->count = count;
    return true;
}

bool policy_text_scan(struct scan *scan, struct policy_choice *choice)
{
    struct token token = scan_peek(scan);

    *choice = (struct policy_choice){
        .policy = policy_find(token.text, token.length),
    };
    if (choice->policy == POLICIES)
        return refuse(scan, token);
    scan_token(scan);
    if (choice->policy != POLICY_MLFQ)
        return true;
    choice->levels = policy_default_levels();
    return scan_allotments(scan, &choice->levels) &&
           (!scan_accept_word(scan, "boost") ||
            scan_duration(scan, &choice->levels.boost_ns, 1, mlfq_example));
}

bool policy_text_parse(const char *text, struct policy_choice *choice,
                       struct diag *diag)
{
    struct scan scan = { .diag = diag,
                         .text = text,
                         .text_end = text + strlen(text) };

    scan_line(&scan, text, 0);
    if (!policy_text_scan(&scan, choice))
        return false;
    return scan_done(&scan) ||
           scan_fail(&scan, scan.pos,
                     _("%s is too much; write it as in \"%s\""),
                     scan_found(&scan).text,
                     choice->policy == POLICY_MLFQ
                         ? mlfq_example
                         : policy_table[choice->policy]->name);
}

/* --- writing -------------------------------------------------------------- */

/* Whichever is exact: the language has nothing finer. */
void policy_text_duration(struct strbuf *out, int64_t ns)
{
    if (ns % NS_PER_MS == 0)
        strbuf_addf(out, "%lld", (long long)(ns / NS_PER_MS));
    else
        strbuf_addf(out, "%lldus",
                    (long long)((ns + NS_PER_US / 2) / NS_PER_US));
}

void policy_text_print(struct strbuf *out, const struct policy_choice *choice)
{
    const struct policy_levels normal = policy_default_levels();
    const struct policy_levels *levels = &choice->levels;
    bool said = levels->count != normal.count;

    strbuf_adds(out, policy_table[choice->policy]->name);
    for (int i = 0; i < levels->count && !said; i++)
        said = levels->allotment_ns[i] != normal.allotment_ns[i];
    for (int i = 0; i < levels->count && said; i++) {
        strbuf_addc(out, i == 0 ? ' ' : ',');
        policy_text_duration(out, levels->allotment_ns[i]);
    }
    if (levels->boost_ns > 0) {
        strbuf_adds(out, " boost ");
        policy_text_duration(out, levels->boost_ns);
    }
}
