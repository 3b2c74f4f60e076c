/*
 * catalog.h -- the lessons the program carries, in one language.
 *
 * A lesson that is missing in that language is there in English.
 */
#ifndef CONCVIZ_LESSONS_CATALOG_H
#define CONCVIZ_LESSONS_CATALOG_H

#include <stddef.h>

struct catalog;
struct diags;
struct lesson;

struct catalog *catalog_new(const char *language);
void catalog_free(struct catalog *catalog);

/* Shipped lessons in order; lesson number index + 1. */
size_t catalog_count(const struct catalog *catalog);
const struct lesson *catalog_lesson(const struct catalog *catalog,
                                    size_t index);

/* Index of the lesson with this number ("3", "03") or id, or -1. */
int catalog_find(const struct catalog *catalog, const char *word);

/*
 * The lesson somebody names by number, id or path of a file. It belongs to
 * the catalog. Returns NULL with what is wrong in diags.
 */
const struct lesson *catalog_open(struct catalog *catalog, const char *word,
                                  struct diags *diags);

#endif
