/*
 * cmd_bench.c -- what the engine costs on this computer, in a few seconds.
 *
 * Ratios come first, as they compare better between computers than nanoseconds
 * do. `make bench` also measures other libraries.
 */
#include <stdio.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "cli/report/columns.h"
#include "cli/report/report_json.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/measure/measure.h"

enum {
    ROUNDS = 7,
    MEASURES_MAX = 32,
    NAME_CELLS = 49,
    KEY_BYTES = 64
};

struct bench {
    struct measured result[MEASURES_MAX];
    size_t count;
};

static double quotient(const struct bench *bench,
                       const struct measure_ratio *ratio)
{
    return measure_quotient(measure_table, bench->count, bench->result, ratio);
}

/* --- for people ----------------------------------------------------------- */

static int repeated(const struct bench *bench)
{
    int sum = 0;

    for (size_t i = 0; i < bench->count; i++)
        sum += bench->result[i].repeated;
    return sum;
}

/* Figures say little without the machine they were taken on. */
static void add_machine(struct strbuf *text, const struct bench *bench)
{
    measure_machine(text);
    strbuf_addc(text, '\n');
    if (repeated(bench) > 0)
        strbuf_line(text, _("interrupted by others and done again: %d"),
                    repeated(bench));
    strbuf_addc(text, '\n');
}

static void add_ratios(struct strbuf *text, const struct bench *bench)
{
    columns_left(text, _("side by side"), NAME_CELLS);
    strbuf_line(text, "%9s %7s", _("ratio"), _("target"));
    for (const struct measure_ratio *r = measure_ratios; r->name; r++) {
        if (quotient(bench, r) <= 0)
            continue;
        columns_left(text, _(r->name), NAME_CELLS);
        strbuf_addf(text, "%9.3f", quotient(bench, r));
        if (r->aim > 0)
            strbuf_addf(text, " <= %.2f", r->aim);
        strbuf_addc(text, '\n');
    }
}

static void add_figures(struct strbuf *text, const struct bench *bench)
{
    columns_left(text, _("one by one"), NAME_CELLS);
    strbuf_line(text, "%9s %9s %9s", _("min"), _("median"), _("max"));
    for (size_t i = 0; i < bench->count; i++) {
        const struct measured *one = &bench->result[i];

        columns_left(text, _(measure_table[i].name), NAME_CELLS);
        if (one->rounds == 0)
            strbuf_line(text, "%s", _("not available on this system"));
        else
            strbuf_line(text, "%9.2f %9.2f %9.2f %s", one->least, one->median,
                        one->most, _(measure_table[i].unit));
    }
}

/* --- for programs --------------------------------------------------------- */

static void add_json_figures(struct json *json, const struct bench *bench)
{
    for (size_t i = 0; i < bench->count; i++) {
        const struct measured *one = &bench->result[i];

        if (one->rounds == 0) {
            json_null(json, measure_table[i].key);
            continue;
        }
        json_begin(json, measure_table[i].key, '{');
        json_fixed(json, "least", one->least, 3);
        json_fixed(json, "median", one->median, 3);
        json_fixed(json, "most", one->most, 3);
        json_string(json, "unit", measure_table[i].unit);
        json_end(json, '}');
    }
}

static void add_json_ratios(struct json *json, const struct bench *bench)
{
    char name[KEY_BYTES];

    for (const struct measure_ratio *r = measure_ratios; r->name; r++) {
        if (quotient(bench, r) <= 0)
            continue;
        snprintf(name, sizeof name, "%s/%s", r->key, r->to);
        json_fixed(json, name, quotient(bench, r), 4);
    }
}

static void add_json(struct strbuf *text, const struct bench *bench)
{
    struct strbuf machine;
    struct json json;

    strbuf_init(&machine);
    measure_machine(&machine);
    report_json_open(&json, text);
    json_string(&json, "machine", machine.text);
    json_int(&json, "repeated", repeated(bench));
    strbuf_fini(&machine);
    json_begin(&json, "ratio", '{');
    add_json_ratios(&json, bench);
    json_end(&json, '}');
    json_begin(&json, "figure", '{');
    add_json_figures(&json, bench);
    json_end(&json, '}');
    report_json_close(&json);
}

static int run(const struct options *options)
{
    struct bench bench = { .count = 0 };
    struct strbuf text;

    if (arguments_too_many(options, 1))
        return EXIT_USAGE;
    while (measure_table[bench.count].key)
        bench.count++;
    measure_take(measure_table, bench.count, ROUNDS, bench.result);
    strbuf_init(&text);
    if (options->json) {
        add_json(&text, &bench);
    } else {
        add_machine(&text, &bench);
        add_ratios(&text, &bench);
        strbuf_addc(&text, '\n');
        add_figures(&text, &bench);
    }
    message_print(&text);
    return EXIT_DONE;
}

const struct command command_bench = {
    "bench", "[--json]", N_("measure what switches and events cost here"),
    FOR_REPORT | FOR_ALL, run
};
