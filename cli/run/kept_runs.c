/*
 * kept_runs.c -- see kept_runs.h.
 */
#include "cli/run/kept_runs.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/message.h"
#include "cli/run/runner.h"
#include "sched/base/clock.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"
#include "sched/exchange/recording.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

/* Unless they have been said already. */
static void say_remarks(const struct recording *tape, struct strbuf *said)
{
    struct strbuf lines;
    const char *line;

    strbuf_init(&lines);
    recording_remarks(tape, &lines);
    if (strcmp(lines.text, said->text) != 0)
        for (line = lines.text; *line; line += strcspn(line, "\n") + 1)
            message("%.*s", (int)strcspn(line, "\n"), line);
    strbuf_fini(said);
    *said = lines;
}

static bool open_one(struct kept_runs *kept, const char *path, bool follow)
{
    int i = kept->count;
    struct diag diag;

    kept->tape[i] = follow ? recording_open_growing(path, &diag)
                           : recording_open(path, &diag);
    if (!kept->tape[i]) {
        message_diag(&diag);
        return false;
    }
    strbuf_init(&kept->said[i]);
    say_remarks(kept->tape[i], &kept->said[i]);
    kept->runner[i] = runner_replay(kept->tape[i], follow);
    run_plan_kept(&kept->plan[i], recording_trace(kept->tape[i]));
    kept->count++;
    return true;
}

/* "runs/lost-2.cvt" is called lost-2. */
static void name_by_file(char label[KEPT_LABEL_BYTES], const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    char whole[KEPT_LABEL_BYTES];

    snprintf(whole, sizeof whole, "%.*s",
             dot && dot > name ? (int)(dot - name) : (int)strlen(name), name);
    text_clean(label, KEPT_LABEL_BYTES, whole);
}

/* Two of one mode, or of two workloads, are told apart by the names of their
 * files. */
static void label_both(struct kept_runs *kept)
{
    const struct run_plan *plan = kept->plan;
    bool alike = kept->count == 2 &&
                 (plan[0].executor == plan[1].executor ||
                  strcmp(plan[0].workload->name, plan[1].workload->name) != 0);

    for (int i = 0; alike && i < kept->count; i++) {
        name_by_file(kept->label[i], kept->path[i]);
        kept->plan[i].label = kept->label[i];
    }
    for (int i = 0; i < kept->count; i++)
        runner_set_label(kept->runner[i], run_plan_label(&kept->plan[i]));
}

/* Row by row the same people. */
bool kept_runs_comparable(const struct kept_runs *kept)
{
    const struct workload *one = kept->plan[0].workload;
    const struct workload *two = kept->plan[1].workload;
    bool same = one->task_count == two->task_count;

    for (size_t i = 0; same && i < one->task_count; i++)
        same = strcmp(one->task[i].name, two->task[i].name) == 0;
    return same;
}

static bool can_be_compared(const struct kept_runs *kept)
{
    bool same = kept_runs_comparable(kept);

    if (!same)
        message(_("%s and %s were not made by the same tasks: two runs of one "
                  "workload can be compared"),
                kept->path[0], kept->path[1]);
    return same;
}

bool kept_runs_open(struct kept_runs *kept, const char *const *path, int count,
                    bool follow)
{
    *kept = (struct kept_runs){ .path = path };
    for (int i = 0; i < count; i++)
        if (!open_one(kept, path[i], follow))
            return false;
    if (count == 2 && !can_be_compared(kept))
        return false;
    label_both(kept);
    return true;
}

void kept_runs_close(struct kept_runs *kept)
{
    for (int i = 0; i < 2; i++) {
        runner_free(kept->runner[i]);
        recording_close(kept->tape[i]);
        strbuf_fini(&kept->said[i]);
    }
}

/* The beginning of a run is not the run. */
int kept_runs_note_cut(struct kept_runs *kept, int status)
{
    for (int i = 0; i < kept->count; i++) {
        say_remarks(kept->tape[i], &kept->said[i]);
        if (!runner_is_cut(kept->runner[i]))
            continue;
        message(_("%s: the end was not kept: the run is shown as far as it "
                  "goes"),
                kept->path[i]);
        status = status != EXIT_DONE ? status : EXIT_INCOMPLETE;
    }
    return status;
}

void kept_runs_origin(char *out, size_t size, const struct trace_info *info)
{
    time_t seconds = (time_t)(info->recorded_ns / NS_PER_S);
    struct tm local;
    char when[32];

    *out = '\0';
    if (!info->real || info->recorded_ns <= 0 || !info->machine_name ||
        !localtime_r(&seconds, &local))
        return;
    strftime(when, sizeof when, "%Y-%m-%d %H:%M", &local);
    snprintf(out, size, _("recorded %s on %s"), when, info->machine_name);
}
