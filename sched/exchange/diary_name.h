/*
 * diary_name.h -- what a program that tells of itself calls its addresses.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_DIARY_NAME_H
#define CONCVIZ_SCHED_EXCHANGE_DIARY_NAME_H

#include <stdbool.h>
#include <stdint.h>

struct definitions;
struct diary_name;

enum {
    DIARY_NAME_BYTES = 128
};

/* Of the program at path (NULL: that is not known yet): the text of its source,
 * where it is known and can be read, becomes the listing of definitions. */
struct diary_name *diary_name_new(const char *path,
                                  struct definitions *definitions);
void diary_name_free(struct diary_name *names); /* NULL is fine */

/* A file that it has loaded: the first numbers of DIARY_FILE. */
void diary_name_file(struct diary_name *names, const uint64_t number[3],
                     bool own, const char *path);

/* Name the next task, and an object of enum array_kind; false: there is no such
 * kind. */
void diary_name_task(struct diary_name *names, char name[DIARY_NAME_BYTES],
                     uint64_t start, uint64_t ordinal);
bool diary_name_object(struct diary_name *names, char name[DIARY_NAME_BYTES],
                       uint64_t kind, uint64_t address);

/* The line of the listing from which a call returns to address; 0: none. */
int diary_name_line(struct diary_name *names, uint64_t address);

#endif
