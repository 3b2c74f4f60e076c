/*
 * line_table.c -- see line_table.h. What compilers write for debuggers is
 * read by libdw. Each file that was compiled by itself has a table of lines;
 * which one a place is in, is asked of one after the other: a student's program
 * has one.
 */
#include "sched/exchange/line_table.h"

#include <stddef.h>

#ifdef HAVE_DW

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/xalloc.h"

struct line_table {
    Dwarf *dwarf;
    char path[PATH_MAX];
};

struct line_table *line_table_new(int fd)
{
    Dwarf *dwarf = dwarf_begin(fd, DWARF_C_READ);
    struct line_table *lines;

    if (!dwarf)
        return NULL;
    lines = xcalloc(1, sizeof *lines);
    lines->dwarf = dwarf;
    return lines;
}

void line_table_free(struct line_table *lines)
{
    if (!lines)
        return;
    dwarf_end(lines->dwarf);
    free(lines);
}

/* Also compilers without a table of addresses (clang) say what each unit has. */
static bool find_unit(Dwarf *dwarf, uint64_t place, Dwarf_Die *unit)
{
    Dwarf_Off at = 0, next;
    size_t head;

    while (dwarf_nextcu(dwarf, at, &next, &head, NULL, NULL, NULL) == 0) {
        if (dwarf_offdie(dwarf, at + head, unit) &&
            dwarf_haspc(unit, place) > 0)
            return true;
        at = next;
    }
    return false;
}

/* Where its unit was compiled, if that name does not say it. */
static const char *whole_path(struct line_table *lines, Dwarf_Die *unit,
                              const char *name)
{
    Dwarf_Attribute attribute;
    const char *folder = name[0] == '/'
                             ? NULL
                             : dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir,
                                                           &attribute));

    snprintf(lines->path, sizeof lines->path, "%s%s%s", folder ? folder : "",
             folder ? "/" : "", name);
    return lines->path;
}

bool line_table_find(struct line_table *lines, uint64_t place,
                     const char **file, int *line)
{
    const char *name;
    Dwarf_Line *found;
    Dwarf_Die unit;

    if (!lines || !find_unit(lines->dwarf, place, &unit))
        return false;
    found = dwarf_getsrc_die(&unit, place);
    if (dwarf_lineno(found, line) != 0 || *line < 1) /* NULL is no line */
        return false;
    name = dwarf_linesrc(found, NULL, NULL);
    if (name)
        *file = whole_path(lines, &unit, name);
    return name != NULL;
}

/* The function of this name in a unit. */
static bool find_function(Dwarf_Die *unit, const char *name, Dwarf_Die *die)
{
    if (dwarf_child(unit, die) != 0)
        return false;
    do {
        const char *found = dwarf_tag(die) == DW_TAG_subprogram
                                ? dwarf_diename(die)
                                : NULL;

        if (found && strcmp(found, name) == 0 &&
            dwarf_hasattr(die, DW_AT_low_pc))
            return true;
    } while (dwarf_siblingof(die, die) == 0);
    return false;
}

/* In the fifth edition of DWARF file 0 is the unit's own, of which this library
 * thinks as of none; clang calls it so. */
static const char *file_of(Dwarf_Die *unit, Dwarf_Die *die)
{
    const char *name = dwarf_decl_file(die);

    return name ? name : dwarf_diename(unit);
}

const char *line_table_file(struct line_table *lines, const char *function)
{
    Dwarf_Off at = 0, next;
    size_t head;

    while (lines && dwarf_nextcu(lines->dwarf, at, &next, &head, NULL, NULL,
                                 NULL) == 0) {
        Dwarf_Die unit, die;
        const char *name;

        if (dwarf_offdie(lines->dwarf, at + head, &unit) &&
            find_function(&unit, function, &die) &&
            (name = file_of(&unit, &die)))
            return whole_path(lines, &unit, name);
        at = next;
    }
    return NULL;
}

#else

struct line_table *line_table_new(int fd)
{
    (void)fd;
    return NULL;
}

void line_table_free(struct line_table *lines)
{
    (void)lines;
}

bool line_table_find(struct line_table *lines, uint64_t place,
                     const char **file, int *line)
{
    (void)lines;
    (void)place;
    (void)file;
    (void)line;
    return false;
}

const char *line_table_file(struct line_table *lines, const char *function)
{
    (void)lines;
    (void)function;
    return NULL;
}

#endif
