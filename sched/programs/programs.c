#include "sched/programs/programs.h"

#include <string.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/embed.h"
#include "sched/base/i18n.h"
#include "sched/base/suggest.h"
#include "sched/workload/parse.h"

const struct program_entry program_table[] = {
    { "cafeteria", N_("five people in two lines, who compute and wait"), NULL },
    { "async-sum", N_("two coroutines add numbers and rest in between"), NULL },
    { "noodles", N_("much waiting, little work: coroutines shine"), NULL },
    { "juice", N_("only work, no waiting: machines shine"), NULL },
    { "mixed", N_("those who work stand before those who wait"), NULL },
    { "hog", N_("one who will not leave, and a clock that must tick"), NULL },
    { "lost-update", N_("two count, and one of them is forgotten"), NULL },
    { "crossed", N_("two locks, taken in opposite orders"), NULL },
    { "lost-wakeup", N_("a bell that the wrong one hears"), NULL },
    { NULL, NULL, NULL },
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
        return entry->make();
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
