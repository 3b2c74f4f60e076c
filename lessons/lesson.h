/*
 * lesson.h -- a lesson: screens in order, and what they speak about.
 *
 * Made from a text file (LESSONS.md tells how to write one). A lesson is
 * immutable; everything in it belongs to it and has been cleaned, so it can
 * be printed. Any thread may read.
 */
#ifndef CONCVIZ_LESSONS_LESSON_H
#define CONCVIZ_LESSONS_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/policy/policy.h"

struct arena;
struct diag;
struct diags;
struct predicate;
struct workload;

enum lesson_kind {
    LESSON_EXPLAIN,
    LESSON_WORKLOAD, /* never shown; what it holds is in lesson->workload */
    LESSON_PREDICT,
    LESSON_RUN,
    LESSON_OBSERVE,
    LESSON_REFLECT,
    LESSON_MODIFY,
    LESSON_SUMMARY,
    LESSON_LECTURER, /* only on request */
    LESSON_KINDS
};

enum {
    LESSON_NOT_GIVEN = -1,
    LESSON_FILE_BYTES_MAX = 1024 * 1024,
    LESSON_LINE_BYTES_MAX = 64 * 1024,
    LESSON_SCREENS_MAX = 200,
    LESSON_CLAIMS_MAX = 100,        /* of one screen */
    LESSON_ANSWER_BYTES_MAX = 4000, /* of a choice or its explanation */
    LESSON_CHOICES_MAX = 5,
    LESSON_MACHINES_MAX = 64,
};

/* How to run; a number below 0 or a NULL mode is not given here. */
struct lesson_settings {
    const char *mode; /* a name in mode_table */
    int machines;
    struct policy_choice policy; /* POLICIES: not given */
    int64_t slice_ns;            /* 0: none */
    int64_t switch_cost_ns;
    int64_t gil_ns; /* 0: off */
    int64_t limit_ns;
};

struct lesson_choice {
    const char *text;
    const char *why;
    bool right;
    int line;
};

struct lesson_workload {
    const char *name;          /* "" for one without a name */
    const char *text;          /* without the indentation */
    int line, column;          /* where text begins in the file */
    struct workload *workload; /* NULL only while parsing */
};

/* What the editor of a modify screen unlocks. */
enum lesson_unlock {
    UNLOCK_ORDER = 1 << 0,
    UNLOCK_NUMBERS = 1 << 1,    /* in the tasks named */
    UNLOCK_STEP_ORDER = 1 << 2, /* in the tasks named */
    UNLOCK_STEPS = 1 << 3,      /* in the tasks named */
    UNLOCK_ALL = 1 << 4,
    UNLOCK_MACHINES = 1 << 5,
    UNLOCK_SLICE = 1 << 6,
    UNLOCK_GIL = 1 << 7,
    UNLOCK_MODE = 1 << 8,
};

struct lesson_names {
    const char *const *name;
    size_t count;
};

struct lesson_range {
    int min, max; /* both included */
};

struct lesson_change {
    unsigned unlocked; /* of enum lesson_unlock */
    struct lesson_names numbers, step_order, steps;
    struct lesson_range machines;
    struct lesson_range slice, gil; /* ms */
    bool gil_off;                   /* may be switched off, too */
    struct lesson_names modes;      /* names of mode_table */
};

/* What a run shows from its start, besides the people: bits. */
enum lesson_show {
    LESSON_SHOW_PROGRAM = 1,
    LESSON_SHOW_VALUES = 2,
    LESSON_SHOW_OUTPUT = 4
};

struct lesson_screen {
    enum lesson_kind kind;
    int line;          /* of its heading */
    const char *title; /* of a run */
    const char *text;  /* prose, or the question; lines as in the file */
    int text_line;     /* where text begins */
    int run;           /* its number; the run asked about; the start */
    int workload;      /* index of the workload run or edited, or -1 */
    const char *workload_name; /* as written, or NULL: the first */
    bool hide;                 /* of a run: the program is not shown */
    unsigned show; /* of a run: enum lesson_show; 0: whatever there is room for
                      and its workload has */
    struct lesson_settings settings; /* of a run, or of the solution */

    struct lesson_choice *choice;
    size_t choice_count;
    struct predicate *predicate; /* expect, truth or check */
    size_t predicate_count;

    const char *goal;
    const char *change_text; /* as written */
    struct lesson_change change;
    const char **hint;
    size_t hint_count;
    const char *solution; /* workload text, or NULL: unchanged */
    int solution_line, solution_column;
};

struct lesson {
    struct arena *arena;
    const char *file; /* for diags */
    const char *id, *title, *language;
    const char *needs, *teaches, *misconception, *objective;
    int minutes; /* 0: not given */
    int lines;   /* how many lines its picture has, at least 1 */
    struct lesson_screen *screen;
    size_t screen_count;
    struct lesson_workload *workload;
    size_t workload_count;
};

/*
 * Parse length bytes; file is what problems call it. All problems of the file
 * are added to diags. Returns a lesson to be freed with lesson_free, or NULL
 * if there was a problem. Any thread.
 */
struct lesson *lesson_parse(const char *file, const char *text, size_t length,
                            struct diags *diags);

/* Read and parse a file; "-" is not standard input here. Same contract. */
struct lesson *lesson_load(const char *path, struct diags *diags);

void lesson_free(struct lesson *lesson);

/* The screen of run number, or NULL. */
const struct lesson_screen *lesson_run_screen(const struct lesson *lesson,
                                              int number);

/*
 * Parse a workload as it is drawn in this lesson: tasks that do not name a
 * line are spread over lesson->lines. Same contract as workload_parse_at.
 */
struct workload *lesson_workload(const struct lesson *lesson, const char *text,
                                 int line, int column, struct diag *diag);

/* Nothing is given. */
void lesson_settings_init(struct lesson_settings *settings);

/* What is given in change replaces what was given in settings. */
void lesson_settings_apply(struct lesson_settings *settings,
                           const struct lesson_settings *change);

bool lesson_settings_same(const struct lesson_settings *a,
                          const struct lesson_settings *b);

/* Fill in what is still not given: slice 10 ms (rule R19), one machine, no
 * cost, no GIL, no priority. A limit not given is 0. */
void lesson_settings_complete(struct lesson_settings *settings);

#endif
