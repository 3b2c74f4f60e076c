/*
 * web_run_internal.h -- a run on its way to the page.
 */
#ifndef CONCVIZ_RENDER_WEB_WEB_RUN_INTERNAL_H
#define CONCVIZ_RENDER_WEB_WEB_RUN_INTERNAL_H

#include "render/scene/scene.h"
#include "render/scene/view.h"
#include "render/web/web_pool.h"
#include "render/web/web_run.h"
#include "render/web/web_track.h"

/* Of one task. Values are numbers of texts where nothing else is said. */
struct web_task {
    struct web_track in;     /* 1: it is in progress */
    struct web_track mark;   /* enum history_mark */
    struct web_track place;  /* number of a place, or -1 */
    struct web_track reason; /* what it is blocked on */
    struct web_track why;    /* why it is where it is */
};

struct web_machine {
    struct web_track who;     /* 8 * task + the kind of service, or -1 */
    struct web_track callers; /* number of a list */
    struct web_track done;    /* of the step, at that instant, in ns, … */
    struct web_track planned; /* … and of the whole; 0: not known, -1: never */
};

struct web_line {
    struct web_track list; /* number of a list: who stands there, the first … */
    struct web_track count; /* … of so many */
};

/* Everything that is collected of a run. */
struct web_walk {
    const struct history *history;
    const struct web_pools *pools;
    struct web_pool places; /* "line column" */
    struct view view;
    struct sightings *seen;
    struct scene scene; /* at the instant in hand */
    size_t events;      /* those until then */
    int tasks;          /* of whom more than intervals is collected */
    bool with_why, with_values;
    struct web_task *task;
    struct web_machine machine[SCENE_MACHINES];
    struct web_line line[SCENE_LINES];
    struct web_track in_progress, working; /* how many */
    struct web_track now, rule, count;     /* sentences */
    struct web_track step;   /* what has just happened: only at its instant */
    struct web_track values; /* number of a list of rows */
    struct web_track latest; /* the task that did the latest step */
    struct web_track stop;   /* instants a step stops at */
};

/* Go through the run and collect. */
void web_walk_collect(struct web_walk *walk);

/* The number of a text, which is cleaned. */
int64_t web_walk_text(struct web_walk *walk, const char *text);

/* The values at the instant in hand, as the number of a list of rows. */
int64_t web_values_list(struct web_walk *walk);

/* Write the lines of the program, and the places in it. */
void web_program_write(struct json *json, const struct web_walk *walk);

/* Write what the tasks say: when, who, what. */
void web_says_write(struct json *json, struct web_walk *walk);

/* Write the numbers of the whole run. */
void web_numbers_write(struct json *json, const struct history *history);

#endif
