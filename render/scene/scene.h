/*
 * scene.h -- who stands where at an instant, and who has just come there.
 *
 * A scene is a plain value made anew for each frame; it holds the first few
 * people of every place and how many there are in all.
 */
#ifndef CONCVIZ_RENDER_SCENE_SCENE_H
#define CONCVIZ_RENDER_SCENE_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "render/scene/task_colour.h"
#include "sched/history/history.h"
#include "sched/trace/trace.h"
#include "sched/workload/workload.h"

struct sightings;
struct view;

enum {
    SCENE_LINES = 16,    /* lines drawn, at most */
    SCENE_PEOPLE = 32,   /* people shown in one place */
    SCENE_MACHINES = 64, /* machines drawn, at most */
    SCENE_CALLERS = 3,   /* who called each other, at one machine */
    SCENE_TRAILS = 4,    /* people who leave a trail at the same time */
    SCENE_TASKS = 4096,  /* tasks looked at for places without a list */
};

enum area {
    AREA_NOWHERE,
    AREA_LINE,
    AREA_MACHINE,
    AREA_AWAY,
    AREA_DONE
};

struct person {
    int task;
    struct interval stay; /* what the person is doing here */
    enum area from;       /* where the person comes from, */
    int from_index;       /* which line or machine (from 0), */
    double way;           /* and how much of the trail has faded: 1 is all */
};

struct scene_line {
    int count; /* people in it */
    int shown;
    struct person person[SCENE_PEOPLE];
};

struct scene_machine {
    struct service service;
    struct person person; /* if service.task >= 0 */
    /* Those at the machine who called this generator: the first caller
     * first. */
    int callers;
    struct person caller[SCENE_CALLERS];
    int64_t done_ns;    /* of the current cpu step, or of the hold */
    int64_t planned_ns; /* TIME_NEVER: no end; 0: not known */
    int64_t cpu;        /* id of the CPU, or -1 */
};

struct scene {
    const struct history *history; /* borrowed */
    const struct workload *workload;
    const struct trace_info *info;
    int64_t t_ns;
    int64_t known_ns; /* t_ns, or where the history ends if that is earlier */
    bool ended;       /* t_ns is the end of the run */
    enum outcome outcome;
    int in_progress, working; /* at the cursor if there is one */
    bool most; /* the run is over, and there is no cursor: then the meters
                  show the most there ever were */
    int task_count;
    uint8_t colour[TASK_COLOUR_KNOWN]; /* if there are no more tasks */
    int in_state[STATE_COUNT];
    int line_count; /* of the workload; shown: up to SCENE_LINES */
    struct scene_line line[SCENE_LINES];
    int machine_count; /* of the run; shown: up to SCENE_MACHINES */
    struct scene_machine machine[SCENE_MACHINES];
    /* Both lists have room for one more while they are made. */
    int away_shown;
    struct person
        away[SCENE_PEOPLE + 1]; /* awaiting or blocked, oldest first */
    int done_shown;
    struct person
        done[SCENE_PEOPLE + 1]; /* the last ones, in order of finish */
};

/* Look at history at view->t_ns. */
void scene_make(struct scene *scene, const struct history *history,
                const struct view *view);

/* The same for who goes on from instant to instant, at the price of what has
 * happened since. The sightings are of SCENE_TASKS tasks of this history. */
void scene_follow(struct scene *scene, const struct history *history,
                  const struct view *view, struct sightings *seen);

/* How many of the lines and machines are in the arrays. */
int scene_lines(const struct scene *scene);
int scene_machines(const struct scene *scene);

/* The run is stuck and the instant shown is its end: what is now is for
 * ever. */
bool scene_is_forever(const struct scene *scene);

/* Whom a task waits for there: who has the lock, or who is to be done. -1:
 * nobody, or nobody in particular. */
int scene_waits_for(const struct scene *scene, const struct interval *stay);

/* The number of a task's colour. */
int scene_colour(const struct scene *scene, int task);

/* The name of a task, lock, …; "?" for an index that does not exist. */
const char *scene_task_name(const struct scene *scene, int task);
const char *scene_lock_name(const struct scene *scene, int lock);

/* What a blocked or held task waits for: "m", "c", …; never NULL. */
const char *scene_object_name(const struct scene *scene,
                              const struct interval *stay);

#endif
