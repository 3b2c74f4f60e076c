/*
 * catalog.c -- embedded lessons, chosen by language, and lessons from files.
 *
 * The English files say which lessons there are; a file that is equal up to
 * the first point is the same lesson in another language.
 */
#include "lessons/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "sched/base/embed.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

struct catalog {
    struct lesson **lesson;
    size_t shipped; /* these come first, in order; then those from files */
    size_t count, capacity;
};

/* Whether the file name ends in ".LANGUAGE.md". */
static bool in_language(const char *name, const char *language)
{
    size_t length = strlen(name), size = strlen(language);

    return length > size + 4 && strcmp(name + length - 3, ".md") == 0 &&
           name[length - size - 4] == '.' &&
           memcmp(name + length - size - 3, language, size) == 0;
}

/* The same lesson in another language: equal up to the first point. */
static const struct embedded *translated(const struct embedded *file,
                                         const char *language)
{
    size_t stem = strcspn(file->name, ".") + 1;

    for (size_t i = 0; embedded_lessons[i].name; i++)
        if (strncmp(embedded_lessons[i].name, file->name, stem) == 0 &&
            in_language(embedded_lessons[i].name, language))
            return &embedded_lessons[i];
    return file;
}

/* Keep a lesson, which may be NULL; returns it. */
static const struct lesson *add(struct catalog *catalog, struct lesson *lesson)
{
    if (!lesson)
        return NULL;
    catalog->lesson = xgrow(catalog->lesson, catalog->count, &catalog->capacity,
                            sizeof lesson);
    catalog->lesson[catalog->count++] = lesson;
    return lesson;
}

struct catalog *catalog_new(const char *language)
{
    struct catalog *catalog = xcalloc(1, sizeof *catalog);
    struct diags diags;

    diags_init(&diags);
    for (size_t i = 0; embedded_lessons[i].name; i++) {
        const struct embedded *file = translated(&embedded_lessons[i],
                                                 language);

        if (in_language(embedded_lessons[i].name, "en"))
            add(catalog,
                lesson_parse(file->name, file->text, file->length, &diags));
    }
    diags_fini(&diags);
    catalog->shipped = catalog->count;
    return catalog;
}

void catalog_free(struct catalog *catalog)
{
    if (!catalog)
        return;
    for (size_t i = 0; i < catalog->count; i++)
        lesson_free(catalog->lesson[i]);
    free(catalog->lesson);
    free(catalog);
}

size_t catalog_count(const struct catalog *catalog)
{
    return catalog->shipped;
}

const struct lesson *catalog_lesson(const struct catalog *catalog, size_t index)
{
    return catalog->lesson[index];
}

int catalog_find(const struct catalog *catalog, const char *word)
{
    size_t digits = strspn(word, "0123456789");
    long number = digits > 0 && digits < 4 && !word[digits]
                      ? strtol(word, NULL, 10)
                      : 0;

    if (number >= 1 && (size_t)number <= catalog->shipped)
        return (int)number - 1;
    for (size_t i = 0; i < catalog->shipped; i++)
        if (strcmp(catalog->lesson[i]->id, word) == 0)
            return (int)i;
    return -1;
}

const struct lesson *catalog_open(struct catalog *catalog, const char *word,
                                  struct diags *diags)
{
    int index = catalog_find(catalog, word);

    if (index >= 0)
        return catalog->lesson[index];
    if (strpbrk(word, "./"))
        return add(catalog, lesson_load(word, diags));
    diags_add(diags, NULL, 0, 0,
              _("there is no lesson \"%s\"; see concviz lesson list"), word);
    return NULL;
}
