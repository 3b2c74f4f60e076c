#include "sched/programs/programs.h"

#include <string.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/embed.h"
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
    { "mandelbrot", N_("rows of an image, from a shared counter (C)"),
      make_mandelbrot, 48, 1 },
    { "primes", N_("a sieve: each passes on what it does not divide (C)"),
      make_primes, 20, 6 },
    { "merge-sort", N_("sort the halves of the halves, and merge them (C)"),
      make_merge_sort, 130000, 500 },
    { "word-count", N_("count the words of five files, block by block (C)"),
      make_word_count, 10000, 20 },
    { "stencil", N_("heat spreads in steps; all wait for the slowest (C)"),
      make_stencil, 250, 20 },
    { "echo-server", N_("four clients and their servers, on sockets (C)"),
      make_echo_server, 5, 1 },
    { "philosophers", N_("five eat with five forks, taken in order (C)"),
      make_philosophers, 3, 1 },
    { "philosophers-deadlock", N_("the same, but each takes the left fork (C)"),
      make_philosophers_deadlock, 2, 1 },
    { "gophers", N_("two teams of four burn a pile of books (C)"), make_gophers,
      10, 3 },
    { NULL, NULL, NULL, 0, 0 },
};

const struct program_entry *programs_find(const char *name)
{
    for (size_t i = 0; program_table[i].name; i++)
        if (strcmp(program_table[i].name, name) == 0)
            return &program_table[i];
    return NULL;
}

static const struct embedded *find_embedded(const struct program_entry *entry)
{
    size_t length = strlen(entry->name);

    for (size_t i = 0; embedded_workloads[i].name; i++)
        if (strncmp(embedded_workloads[i].name, entry->name, length) == 0 &&
            strcmp(embedded_workloads[i].name + length, ".work") == 0)
            return &embedded_workloads[i];
    return NULL;
}

const char *programs_text(const struct program_entry *entry)
{
    const struct embedded *embedded = find_embedded(entry);

    return embedded ? embedded->text : NULL;
}

static struct workload *open_entry(const struct program_entry *entry,
                                   struct diag *diag)
{
    const char *text = programs_text(entry);

    if (entry->make)
        return entry->make(entry->size);
    return workload_parse(entry->name, entry->name, text, strlen(text), diag);
}

/* Neither a program nor a file: it may be a slip of the finger. */
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

struct workload *programs_open(const char *name, struct diag *diag)
{
    const struct program_entry *entry = programs_find(name);

    if (entry)
        return open_entry(entry, diag);
    if (strcmp(name, "-") != 0 && !strchr(name, '/') && access(name, F_OK) != 0)
        return refuse_name(name, diag);
    return workload_load(name, diag);
}
