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
    size_t count, capacity;
    struct lesson **opened; /* from files */
    size_t opened_count, opened_capacity;
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

static void add(struct catalog *catalog, const struct embedded *file)
{
    struct diags diags;
    struct lesson *lesson;

    diags_init(&diags);
    lesson = lesson_parse(file->name, file->text, file->length, &diags);
    diags_fini(&diags);
    if (!lesson)
        return;
    catalog->lesson = xgrow(catalog->lesson, catalog->count, &catalog->capacity,
                            sizeof(struct lesson *));
    catalog->lesson[catalog->count++] = lesson;
}

struct catalog *catalog_new(const char *language)
{
    struct catalog *catalog = xcalloc(1, sizeof *catalog);

    for (size_t i = 0; embedded_lessons[i].name; i++)
        if (in_language(embedded_lessons[i].name, "en"))
            add(catalog, translated(&embedded_lessons[i], language));
    return catalog;
}

void catalog_free(struct catalog *catalog)
{
    if (!catalog)
        return;
    for (size_t i = 0; i < catalog->count; i++)
        lesson_free(catalog->lesson[i]);
    for (size_t i = 0; i < catalog->opened_count; i++)
        lesson_free(catalog->opened[i]);
    free(catalog->lesson);
    free(catalog->opened);
    free(catalog);
}

size_t catalog_count(const struct catalog *catalog)
{
    return catalog->count;
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

    if (number >= 1 && (size_t)number <= catalog->count)
        return (int)number - 1;
    for (size_t i = 0; i < catalog->count; i++)
        if (strcmp(catalog->lesson[i]->id, word) == 0)
            return (int)i;
    return -1;
}

const struct lesson *catalog_open(struct catalog *catalog, const char *word,
                                  struct diags *diags)
{
    int index = catalog_find(catalog, word);
    struct lesson *lesson;

    if (index >= 0)
        return catalog->lesson[index];
    if (!strpbrk(word, "./")) {
        diags_add(diags, NULL, 0, 0,
                  _("there is no lesson \"%s\"; see concviz lesson list"),
                  word);
        return NULL;
    }
    lesson = lesson_load(word, diags);
    if (!lesson)
        return NULL;
    catalog->opened = xgrow(catalog->opened, catalog->opened_count,
                            &catalog->opened_capacity, sizeof lesson);
    catalog->opened[catalog->opened_count++] = lesson;
    return lesson;
}
