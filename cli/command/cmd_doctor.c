/*
 * cmd_doctor.c -- what this computer lets us do, why, and what to do about it.
 * Each finding is one line, with a line of advice below where something can be
 * done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/language.h"
#include "cli/options/options.h"
#include "cli/report/report_json.h"
#include "render/output/terminal.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/json.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/cpu/checkup.h"
#include "sched/cpu/cores.h"

enum {
    COLUMNS_LEAST = 72, /* of the live screen */
    ROWS_LEAST = 12,
    LATE_MS = 5,
};

static const double stretch_much = 1.15;

/* What the terminal is, as far as nobody has drawn on it. */
struct screen {
    bool is_terminal, can_draw, unicode;
    int columns, rows; /* 0: unknown */
    const char *term, *colors;
    struct diag why; /* if it cannot be drawn on */
};

struct findings {
    struct cores machines;
    struct checkup checkup;
    struct screen screen;
};

static const char *variable(const char *name)
{
    const char *value = getenv(name);

    return value ? value : "";
}

static void look_at_screen(struct screen *screen)
{
    struct winsize size = { 0 };

    *screen = (struct screen){ .term = variable("TERM"),
                               .colors = variable("COLORTERM") };
    screen->is_terminal = isatty(STDOUT_FILENO);
    screen->can_draw = screen->is_terminal && terminal_can_draw(&screen->why);
    screen->unicode = language_has_unicode();
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        screen->columns = size.ws_col;
        screen->rows = size.ws_row;
    }
}

/* --- for people ----------------------------------------------------------- */

static void advise(struct strbuf *out, const char *what)
{
    strbuf_line(out, "    -> %s", what);
}

static void tell_quota(struct strbuf *out, const struct cores *m)
{
    if (m->quota.quota_us <= 0) {
        strbuf_line(out, "  %s", _("no cgroup limits processor time"));
        return;
    }
    strbuf_line(out,
                _("  cgroup v%d allows %.2f cores (%lld us in every %lld us)"),
                m->quota.cgroup_version,
                (double)m->quota.quota_us / (double)m->quota.period_us,
                (long long)m->quota.quota_us, (long long)m->quota.period_us);
    if (m->quota.throttled > 0) {
        strbuf_line(out, _("  it has throttled us in %lld of %lld periods"),
                    (long long)m->quota.throttled, (long long)m->quota.periods);
        advise(out, _("computing runs will pause; raise cpu.max or use fewer "
                      "machines"));
    }
}

static void tell_cores(struct strbuf *out, const struct cores *m)
{
    strbuf_line(out, "%s", _("Cores"));
    strbuf_line(out, _("  a real run may have up to %d machines"), m->usable);
    strbuf_line(
        out, _("  online: %d; this process may use: %d (%s); physical: %d"),
        m->online, m->allowed,
        m->affinity_known ? _("by its affinity") : _("a guess"), m->physical);
    if (m->allowed < m->online)
        advise(out, _("taskset or a container has taken the others away"));
    if (m->physical < m->allowed)
        advise(out, _("some share a physical core: these are used last"));
    tell_quota(out, m);
    if (m->usable == 1)
        advise(out, _("on this computer several machines need --model"));
}

static void tell_load(struct strbuf *out, const struct checkup *checkup)
{
    strbuf_line(out, "%s", _("Now"));
    strbuf_line(out,
                _("  work on all these cores takes %.2f times as long as it "
                  "should"),
                checkup->stretch);
    if (checkup->stretch > stretch_much)
        advise(out, _("other programs are computing: measured times are "
                      "longer, the model's are not"));
}

static void tell_work(struct strbuf *out, const struct checkup *checkup)
{
    strbuf_line(out, "%s", _("Work"));
    strbuf_addf(out, _("  cpu 1 is %lld iterations of a loop"),
                (long long)checkup->iterations_per_ms);
    if (checkup->calibration_age_s < 0)
        strbuf_adds(out, _(", measured just now"));
    else
        strbuf_addf(out, _(", measured %lld minutes ago"),
                    (long long)checkup->calibration_age_s / 60);
    strbuf_addc(out, '\n');
}

static void tell_time(struct strbuf *out, const struct checkup *checkup)
{
    strbuf_line(out, "%s", _("Time"));
    strbuf_line(out, _("  sleeps end %.3f ms late, %.3f ms at worst"),
                (double)checkup->late_ns / (double)NS_PER_MS,
                (double)checkup->latest_ns / (double)NS_PER_MS);
    if (checkup->latest_ns > LATE_MS * NS_PER_MS)
        advise(out, _("sleeps will look uneven; a less busy computer helps"));
    strbuf_line(out, _("  reading the clock (%s) costs %lld ns"),
                checkup->clock_source[0] ? checkup->clock_source : "?",
                (long long)checkup->clock_ns);
}

static void tell_limits(struct strbuf *out, const struct checkup *checkup)
{
    strbuf_line(out, "%s", _("Limits"));
    if (checkup->light_guards)
        strbuf_adds(out, _("  coroutines: up to a million, each with a guarded "
                           "stack (light guards)"));
    else
        strbuf_addf(out,
                    _("  coroutines: %zu at a time with guarded stacks "
                      "(mprotect)"),
                    checkup->guards_most);
    strbuf_addc(out, '\n');
    if (!checkup->light_guards)
        advise(out, _("for more: Linux 6.13 or later, or a higher sysctl "
                      "vm.max_map_count"));
    if (checkup->threads_most > 0)
        strbuf_addf(out, _("  threads: at most %lld (%s)"),
                    (long long)checkup->threads_most, checkup->threads_limit);
    else
        strbuf_adds(out, _("  threads: no limit found"));
    strbuf_addc(out, '\n');
}

static void tell_screen(struct strbuf *out, const struct screen *screen)
{
    char term[64], colors[64];

    text_clean(term, sizeof term, screen->term);
    text_clean(colors, sizeof colors, screen->colors);
    strbuf_line(out, "%s", _("Screen"));
    strbuf_line(out, _("  TERM=%s COLORTERM=%s, %d x %d, character set: %s"),
                term, colors, screen->columns, screen->rows,
                screen->unicode ? "UTF-8" : "ASCII");
    if (!screen->is_terminal)
        advise(
            out,
            _("standard output is not a terminal: runs are printed as text"));
    else if (!screen->can_draw)
        advise(out, screen->why.message);
    else if (screen->columns < COLUMNS_LEAST || screen->rows < ROWS_LEAST)
        advise(out, _("a larger window shows more: 80x24, better 120x36"));
    if (!screen->unicode)
        advise(out, _("a UTF-8 locale gives better pictures: LC_ALL=C.UTF-8"));
}

static void tell_all(struct strbuf *out, const struct findings *found)
{
    tell_cores(out, &found->machines);
    tell_load(out, &found->checkup);
    tell_work(out, &found->checkup);
    tell_time(out, &found->checkup);
    tell_limits(out, &found->checkup);
    tell_screen(out, &found->screen);
}

/* --- for programs --------------------------------------------------------- */

static void add_cores(struct json *json, const struct cores *m)
{
    json_int(json, "usable", m->usable);
    json_int(json, "allowed", m->allowed);
    json_int(json, "online", m->online);
    json_int(json, "physical", m->physical);
    json_bool(json, "affinity_known", m->affinity_known);
    json_int(json, "cgroup", m->quota.cgroup_version);
    json_int(json, "quota_us", m->quota.quota_us);
    json_int(json, "period_us", m->quota.period_us);
    json_int(json, "throttled", m->quota.throttled);
    json_begin(json, "cpus", '[');
    for (int i = 0; i < m->allowed; i++)
        json_int(json, NULL, m->cpu[i]);
    json_end(json, ']');
}

static void add_checkup(struct json *json, const struct checkup *checkup)
{
    json_real(json, "stretch", checkup->stretch, 3);
    json_int(json, "others", checkup->others);
    json_int(json, "iterations_per_ms", checkup->iterations_per_ms);
    json_int(json, "calibration_age_s", checkup->calibration_age_s);
    json_ms(json, "sleep_late", checkup->late_ns);
    json_ms(json, "sleep_latest", checkup->latest_ns);
    json_int(json, "clock_ns", checkup->clock_ns);
    json_string(json, "clock_source", checkup->clock_source);
    json_bool(json, "light_guards", checkup->light_guards);
    json_uint(json, "guards_most", checkup->guards_most);
    json_int(json, "threads_most", checkup->threads_most);
}

static void add_screen(struct json *json, const struct screen *screen)
{
    json_bool(json, "terminal", screen->is_terminal);
    json_bool(json, "can_draw", screen->can_draw);
    json_int(json, "columns", screen->columns);
    json_int(json, "rows", screen->rows);
    json_bool(json, "unicode", screen->unicode);
    json_string(json, "term", screen->term);
    json_string(json, "colorterm", screen->colors);
}

static void add_all(struct strbuf *out, const struct findings *found)
{
    struct json json;

    report_json_open(&json, out);
    add_cores(&json, &found->machines);
    add_checkup(&json, &found->checkup);
    add_screen(&json, &found->screen);
    report_json_close(&json);
}

static int run(const struct options *options)
{
    struct findings found;
    struct strbuf out;

    if (arguments_too_many(options, 1))
        return EXIT_USAGE;
    cores_init(&found.machines, NULL, NULL);
    checkup_make(&found.checkup, &found.machines);
    look_at_screen(&found.screen);
    strbuf_init(&out);
    if (options->json)
        add_all(&out, &found);
    else
        tell_all(&out, &found);
    message_print(&out);
    cores_fini(&found.machines);
    return EXIT_DONE;
}

const struct command command_doctor = {
    "doctor", "[--json]",
    N_("what this computer can do, and how to improve it"),
    FOR_REPORT | FOR_ALL, run
};
