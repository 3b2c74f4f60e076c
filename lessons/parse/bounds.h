/*
 * bounds.h -- how much a lesson's run may ask of the model.
 *
 * A lesson file, or a student in the editor, may write `repeat 1000000000`.
 * What a run costs is estimated from the text before anything is run.
 */
#ifndef CONCVIZ_LESSONS_PARSE_BOUNDS_H
#define CONCVIZ_LESSONS_PARSE_BOUNDS_H

#include <stdbool.h>

struct diag;
struct lesson_settings;
struct workload;

enum {
    BOUNDS_TASKS_MAX = 1000,
    BOUNDS_STEPS_MAX = 200 * 1000, /* steps and slices of all tasks */
};

/*
 * Whether a run with complete settings stays within the bounds, and ends:
 * `cpu forever` needs a limit. Returns false with diag->message filled.
 */
bool bounds_check(const struct workload *workload,
                  const struct lesson_settings *settings, struct diag *diag);

#endif
