/*
 * programs.h -- the workloads that concviz brings along.
 *
 * A program is a text in this folder, or a file in C whose tasks are functions
 * (task_spec.program).
 */
#ifndef CONCVIZ_SCHED_PROGRAMS_PROGRAMS_H
#define CONCVIZ_SCHED_PROGRAMS_PROGRAMS_H

struct diag;
struct program_source;
struct workload;

struct program_entry {
    const char *name;                    /* "cafeteria": for the command line */
    const char *title;                   /* one line for people, N_() */
    const struct program_source *source; /* in C; NULL: NAME.work is it */
    int size;                            /* what people see */
    int small; /* the least that still does everything, for tests */
};

/* In the order people should meet them; ends with a NULL name. */
extern const struct program_entry program_table[];

/* What runs when nobody names a workload. */
#define PROGRAM_DEFAULT "cafeteria"

/* The entry called name, or NULL. */
const struct program_entry *programs_find(const char *name);

/*
 * Open a workload: a program's name, else a file, else standard input for
 * "-". Returns it, to be freed with workload_free, or NULL with diag filled.
 */
struct workload *programs_open(const char *name, struct diag *diag);

#endif
