/*
 * programs.c -- the table of workloads that come with concviz, and what a name
 * on the command line means: one of these first, else a file.
 */
#include "sched/programs/programs.h"

#include <string.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/programs/program_source.h"
#include "sched/workload/workload_load.h"
#include "sched/workload/workload_parse.h"

const struct program_entry program_table[] = {
    { "cafeteria", N_("five people in two lines, who compute and wait"), NULL,
      0, 0 },
    { "async-sum", N_("two coroutines add numbers and rest in between"), NULL,
      0, 0 },
    { "noodles", N_("much waiting, little work: coroutines shine"), NULL, 0,
      0 },
    { "juice", N_("only work, no waiting: machines shine"), NULL, 0, 0 },
    { "mixed", N_("those who work stand before those who wait"), NULL, 0, 0 },
    { "hog", N_("one who will not leave, and a clock that must tick"), NULL, 0,
      0 },
    { "lost-update", N_("two count, and one of them is forgotten"), NULL, 0,
      0 },
    { "crossed", N_("two locks, taken in opposite orders"), NULL, 0, 0 },
    { "lost-wakeup", N_("a bell that the wrong one hears"), NULL, 0, 0 },
    { "bounded-buffer", N_("cooks and waiters, and a counter for three plates"),
      NULL, 0, 0 },
    { "readers-writers", N_("who reads may be together, who writes is alone"),
      NULL, 0, 0 },
    { "savings", N_("two wait for money that may be gone again"), NULL, 0, 0 },
    { "barbershop", N_("a barber, two chairs, and who finds none leaves"), NULL,
      0, 0 },
    { "peterson", N_("a lock made of nothing but variables"), NULL, 0, 0 },
    { "mlfq", N_("long, short and typing: levels find out who is who"), NULL, 0,
      0 },
    { "rate-monotonic", N_("two with deadlines: by rates, one is late"), NULL,
      0, 0 },
    { "mandelbrot", N_("rows of an image, from a shared counter (C)"),
      &program_mandelbrot, 48, 1 },
    { "primes", N_("a sieve: each passes on what it does not divide (C)"),
      &program_primes, 20, 6 },
    { "merge-sort", N_("sort the halves of the halves, and merge them (C)"),
      &program_merge_sort, 130000, 500 },
    { "word-count", N_("count the words of five files, block by block (C)"),
      &program_word_count, 10000, 20 },
    { "stencil", N_("heat spreads in steps; all wait for the slowest (C)"),
      &program_stencil, 250, 20 },
    { "echo-server", N_("four clients and their servers, on sockets (C)"),
      &program_echo_server, 5, 1 },
    { "philosophers", N_("five eat with five forks, taken in order (C)"),
      &program_philosophers, 3, 1 },
    { "philosophers-deadlock", N_("the same, but each takes the left fork (C)"),
      &program_philosophers_deadlock, 2, 1 },
    { "gophers", N_("two teams of four burn a pile of books (C)"),
      &program_gophers, 10, 3 },
    { NULL, NULL, NULL, 0, 0 },
};

const struct program_entry *programs_find(const char *name)
{
    for (size_t i = 0; program_table[i].name; i++)
        if (strcmp(program_table[i].name, name) == 0)
            return &program_table[i];
    return NULL;
}

static struct workload *open_entry(const struct program_entry *entry,
                                   struct diag *diag)
{
    const char *text = program_source_text(entry->name);

    if (entry->source)
        return program_source_make(entry->source, entry->size);
    return workload_parse(entry->name, entry->name, text, strlen(text), diag);
}

/* Neither a program nor a file: it may be a typing mistake. */
static struct workload *refuse_name(const char *name, struct diag *diag)
{
    struct suggestion near = { .typed = name };

    for (size_t i = 0; program_table[i].name; i++)
        suggest(&near, program_table[i].name);
    if (near.word)
        diag_set(diag, NULL, 0, 0,
                 _("there is no workload or file \"%s\"; did you mean \"%s\"?"),
                 name, near.word);
    else
        diag_set(diag, NULL, 0, 0,
                 _("there is no workload or file \"%s\"; \"concviz workload "
                   "list\" shows those that come along"),
                 name);
    return NULL;
}

/* A word that is the name of nothing is refused here and not by the file
 * loader, which could only say that there is no such file. */
struct workload *programs_open(const char *name, struct diag *diag)
{
    const struct program_entry *entry = programs_find(name);

    if (entry)
        return open_entry(entry, diag);
    if (strcmp(name, "-") != 0 && !strchr(name, '/') && access(name, F_OK) != 0)
        return refuse_name(name, diag);
    return workload_load(name, diag);
}
