/*
 * export_format.c -- the formats there are.
 */
#include "cli/export/export.h"
#include "sched/exchange/chrome_write.h"
#include "sched/exchange/csv_write.h"
#include "sched/exchange/exported.h"
#include "sched/exchange/speedscope_write.h"

/* The runs as the rooms below know them. */
struct exported_pair {
    struct exported run[2];
};

static struct exported_pair pair(const struct export *export)
{
    return (
        struct exported_pair){ { { export->history[0], export->label[0] },
                                 { export->history[1], export->label[1] } } };
}

static int chrome(FILE *out, const struct export *export)
{
    return chrome_write(out, pair(export).run, export->runs,
                        export->options->perfetto_states);
}

static int speedscope(FILE *out, const struct export *export)
{
    return speedscope_write(out, pair(export).run, export->runs);
}

static int csv(FILE *out, const struct export *export)
{
    return csv_write(out, pair(export).run, export->runs);
}

export_write *const export_format[TO_COUNT] = {
    [TO_HTML] = export_html,      [TO_CHROME] = chrome,
    [TO_SPEEDSCOPE] = speedscope, [TO_CSV] = csv,
    [TO_TEXT] = export_text,      [TO_SVG] = export_svg,
    [TO_CAST] = export_cast,
};
