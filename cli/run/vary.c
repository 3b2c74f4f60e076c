/*
 * vary.c -- see vary.h. A value is read by the option that is the knob, so
 * every value that a run can have can be varied, and is refused in the same
 * words.
 */
#include "cli/run/vary.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options/option_set.h"
#include "cli/options/options.h"
#include "cli/options/value.h"
#include "cli/run/run_plan.h"
#include "sched/analysis/metrics.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"
#include "sched/explore/whatif.h"
#include "sched/history/history.h"

enum {
    POINTS_MOST = 64,
    TEXT_BYTES = 64
};

static const struct {
    const char *name;
    enum vary_kind kind;
} knob_table[] = {
    { "machines", VARY_COUNT },   { "slice", VARY_TIME },
    { "switch-cost", VARY_TIME }, { "gil", VARY_TIME },
    { "policy", VARY_WORD },      { "lines", VARY_WORD },
};

/* --- reading -------------------------------------------------------------- */

bool vary_is_machines(const char *text, int64_t *first, int64_t *last)
{
    static const char machines[] = "machines=";
    uint64_t from, to;

    if (strncmp(text, machines, sizeof machines - 1) != 0 ||
        !value_range(text + sizeof machines - 1, WHATIF_MACHINES_MAX, &from,
                     &to) ||
        from < 1 || to == 0)
        return false;
    *first = (int64_t)from;
    *last = (int64_t)to;
    return true;
}

static void add(struct vary *vary, const char *text, size_t length,
                int64_t number)
{
    struct vary_point *point;

    vary->point = xgrow(vary->point, vary->count, &vary->room,
                        sizeof *vary->point);
    point = &vary->point[vary->count++];
    *point = (struct vary_point){ .number = number };
    point->text = xcalloc(length + 1, 1);
    memcpy(point->text, text, length);
}

static void add_number(struct vary *vary, int64_t number)
{
    char text[TEXT_BYTES];
    int length = snprintf(text, sizeof text, "%" PRId64 "%s", number,
                          vary->kind == VARY_TIME ? "ns" : "");

    add(vary, text, (size_t)length, number);
}

static bool read_number(const struct vary *vary, const char *text,
                        size_t length, int64_t *number)
{
    char copy[TEXT_BYTES];
    uint64_t count;

    if (length >= sizeof copy)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (vary->kind == VARY_TIME)
        return value_duration(copy, number);
    if (!value_count(copy, WHATIF_MACHINES_MAX, &count))
        return false;
    *number = (int64_t)count;
    return true;
}

/* The smallest of 1, 2, 5, 10, 20, 50, … of the unit with which a range has no
 * more than POINTS_MOST values, its ends not counted. */
static int64_t step_of(int64_t range, int64_t unit)
{
    int64_t ten = unit;

    while (range / ten > POINTS_MOST - 2 && ten <= INT64_MAX / 100) {
        if (range / (2 * ten) <= POINTS_MOST - 2)
            return 2 * ten;
        if (range / (5 * ten) <= POINTS_MOST - 2)
            return 5 * ten;
        ten *= 10;
    }
    return ten;
}

/* The unit in which both ends of a range are whole. */
static int64_t unit_of(const struct vary *vary, int64_t first, int64_t last)
{
    if (vary->kind != VARY_TIME)
        return 1;
    if (first % NS_PER_MS == 0 && last % NS_PER_MS == 0)
        return NS_PER_MS;
    return first % NS_PER_US == 0 && last % NS_PER_US == 0 ? NS_PER_US : 1;
}

/* Both ends, and the multiples of a round step between them. */
static void add_range(struct vary *vary, int64_t first, int64_t last)
{
    int64_t step = step_of(last - first, unit_of(vary, first, last));

    add_number(vary, first);
    for (int64_t next = first - first % step + step; next < last; next += step)
        add_number(vary, next);
    add_number(vary, last);
}

static bool read_range(struct vary *vary, const char *values)
{
    const char *dash = strchr(values, '-');
    int64_t first, last;

    if (!dash || strchr(values, ',') ||
        !read_number(vary, values, (size_t)(dash - values), &first) ||
        !read_number(vary, dash + 1, strlen(dash + 1), &last) || last <= first)
        return false;
    add_range(vary, first, last);
    return true;
}

/* Where the value that begins here ends: at a comma, or before the next word,
 * as a word may have numbers after it that have commas themselves. */
static const char *end_of(const struct vary *vary, const char *value)
{
    const char *comma = strchr(value, ',');

    while (comma && comma != value && vary->kind == VARY_WORD &&
           comma[1] >= '0' && comma[1] <= '9')
        comma = strchr(comma + 1, ',');
    return comma ? comma : value + strlen(value);
}

static bool read_list(struct vary *vary, const char *values)
{
    for (const char *value = values, *end;; value = end + 1) {
        int64_t number = 0;

        end = end_of(vary, value);
        if (end == value || vary->count == POINTS_MOST ||
            (vary->kind != VARY_WORD &&
             !read_number(vary, value, (size_t)(end - value), &number)))
            return false;
        add(vary, value, (size_t)(end - value), number);
        if (!*end)
            return true;
    }
}

static int compare_points(const void *a, const void *b)
{
    const struct vary_point *left = a, *right = b;

    return left->number < right->number ? -1 : left->number > right->number;
}

static bool find_knob(struct vary *vary, const char *text)
{
    size_t length = strcspn(text, "=");

    for (size_t i = 0; i < sizeof knob_table / sizeof *knob_table; i++)
        if (strlen(knob_table[i].name) == length &&
            strncmp(knob_table[i].name, text, length) == 0) {
            vary->knob = knob_table[i].name;
            vary->kind = knob_table[i].kind;
            return text[length] == '=';
        }
    return false;
}

bool vary_read(struct vary *vary, const char *text, struct diag *diag)
{
    const char *values = strchr(text, '=');

    *vary = (struct vary){ .point = NULL };
    if (!find_knob(vary, text)) {
        diag_set(diag, NULL, 0, 0,
                 _("--vary %s: one of machines, slice, switch-cost, gil, "
                   "policy, lines and its values, like slice=1-200"),
                 text);
        return false;
    }
    if (vary->kind == VARY_WORD
            ? !read_list(vary, values + 1)
            : !read_range(vary, values + 1) && !read_list(vary, values + 1)) {
        diag_set(diag, NULL, 0, 0,
                 _("--vary %s: values are a range like 1-64 or up to %d of "
                   "them, like 10,20,50"),
                 text, POINTS_MOST);
        return false;
    }
    if (vary->kind != VARY_WORD)
        qsort(vary->point, vary->count, sizeof *vary->point, compare_points);
    return true;
}

void vary_fini(struct vary *vary)
{
    for (size_t i = 0; i < vary->count; i++) {
        free(vary->point[i].text);
        metrics_free(vary->point[i].metrics);
    }
    free(vary->point);
}

/* --- computing ------------------------------------------------------------ */

static const struct option_spec *option_of(const char *knob)
{
    const struct option_spec *spec = option_table;

    while (strcmp(spec->name, knob) != 0)
        spec++;
    return spec;
}

static bool plan_point(const struct vary *vary, const struct vary_point *point,
                       struct run_plan *plan, const struct options *options,
                       struct diag *diag)
{
    const struct executor *executor = plan->executor;
    struct options own = *options;

    own.model = true;
    own.seed = NOT_SAID;
    if (!option_of(vary->knob)
             ->set(&own, &(struct option_value){ .spec = option_of(vary->knob),
                                                 .text = point->text,
                                                 .diag = diag }))
        return false;
    if (!run_plan_make(plan, executor, plan->workload, &own,
                       WHATIF_MACHINES_MAX, diag))
        return false;
    if (plan->run.policy == POLICY_PICK) {
        diag_set(diag, NULL, 0, 0,
                 _("--policy pick needs the live screen: someone has to "
                   "choose"));
        return false;
    }
    plan->run.seed = options->seed == NOT_SAID ? 1 : (uint64_t)options->seed;
    plan->run.foretell = true;
    return true;
}

static bool compute(struct vary_point *point, const struct run_plan *plan,
                    struct diag *diag)
{
    struct trace *trace = executor_trace(plan->executor, plan->workload,
                                         &plan->run);
    int error = executor_run(plan->executor, plan->workload, &plan->run, trace,
                             diag);
    struct history *history;

    if (error == 0) {
        history = history_new(trace);
        history_update(history);
        point->metrics = metrics_new(history);
        history_free(history);
    }
    trace_free(trace);
    return error == 0;
}

bool vary_compute(struct vary *vary, const struct executor *executor,
                  const struct workload *workload,
                  const struct options *options, struct diag *diag)
{
    for (size_t i = 0; i < vary->count; i++) {
        struct run_plan plan = { .executor = executor, .workload = workload };

        if (!plan_point(vary, &vary->point[i], &plan, options, diag) ||
            !compute(&vary->point[i], &plan, diag))
            return false;
    }
    return true;
}
