/*
 * web_numbers.c -- the numbers of a run and what they mean, as its panel on the
 * screen has them: [name, value, what it means, how it is worked out].
 */
#include "render/web/web_run_internal.h"
#include "sched/analysis/metrics.h"
#include "sched/analysis/metrics_table.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"

static void write_number(struct json *json, const struct metrics_row *row,
                         const struct metrics *metrics)
{
    struct strbuf value, sum;

    strbuf_init(&value);
    strbuf_init(&sum);
    row->write(&value, metrics);
    if (row->explain)
        row->explain(&sum, metrics);
    json_begin(json, NULL, '[');
    json_string(json, NULL, _(row->name));
    json_string(json, NULL, value.text);
    json_string(json, NULL, _(row->definition));
    json_string(json, NULL, sum.text);
    json_end(json, ']');
    strbuf_fini(&sum);
    strbuf_fini(&value);
}

void web_numbers_write(struct json *json, const struct history *history)
{
    struct metrics *metrics = metrics_new(history);

    json_begin(json, "numbers", '[');
    for (int i = 0; i < metrics_table_rows(metrics); i++)
        write_number(json, &metrics_table[i], metrics);
    json_end(json, ']');
    metrics_free(metrics);
}
