/*
 * programs.h -- the workloads that concviz brings along.
 *
 * A program is a text in this folder or a function in C that makes a workload
 * whose tasks are functions themselves (task_spec.program).
 */
#ifndef CONCVIZ_SCHED_PROGRAMS_PROGRAMS_H
#define CONCVIZ_SCHED_PROGRAMS_PROGRAMS_H

struct diag;
struct workload;

struct program_entry {
    const char *name;  /* "cafeteria": for the command line */
    const char *title; /* one line for people, N_() */
    /* Make a workload written in C with so much to do, yours to free; NULL:
     * NAME.work is it. */
    struct workload *(*make)(int size);
    int size;  /* what people see */
    int small; /* the least that still does everything, for tests */
};

/* In the order people should meet them; ends with a NULL name. */
extern const struct program_entry program_table[];

/* What runs when nobody names a workload. */
#define PROGRAM_DEFAULT "cafeteria"

/* The entry called name, or NULL. */
const struct program_entry *programs_find(const char *name);

/* The text of a program that is one, NUL-terminated, or NULL. */
const char *programs_text(const struct program_entry *entry);

/*
 * Open a workload: a program's name, else a file, else standard input for
 * "-". Returns it, to be freed with workload_free, or NULL with diag filled.
 */
struct workload *programs_open(const char *name, struct diag *diag);

#endif
