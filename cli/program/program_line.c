/*
 * program_line.c -- see program_line.h. What compilers write for debuggers is
 * read by libdw. Each file that was compiled by itself has a table of lines;
 * which one a place is in, is asked of one after the other: a student's program
 * has one.
 */
#include "cli/program/program_line.h"

#ifdef HAVE_DW

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdlib.h>

#include "sched/base/xalloc.h"

struct program_line {
    Dwarf *dwarf;
};

struct program_line *program_line_new(int fd)
{
    Dwarf *dwarf = dwarf_begin(fd, DWARF_C_READ);
    struct program_line *lines;

    if (!dwarf)
        return NULL;
    lines = xcalloc(1, sizeof *lines);
    lines->dwarf = dwarf;
    return lines;
}

void program_line_free(struct program_line *lines)
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

bool program_line_find(struct program_line *lines, uint64_t place,
                       const char **file, int *line)
{
    Dwarf_Line *found;
    Dwarf_Die unit;

    if (!lines || !find_unit(lines->dwarf, place, &unit))
        return false;
    found = dwarf_getsrc_die(&unit, place);
    if (!found || dwarf_lineno(found, line) != 0 || *line < 1)
        return false;
    *file = dwarf_linesrc(found, NULL, NULL);
    return *file != NULL;
}

#else

struct program_line *program_line_new(int fd)
{
    (void)fd;
    return NULL;
}

void program_line_free(struct program_line *lines)
{
    (void)lines;
}

bool program_line_find(struct program_line *lines, uint64_t place,
                       const char **file, int *line)
{
    (void)lines;
    (void)place;
    (void)file;
    (void)line;
    return false;
}

#endif
