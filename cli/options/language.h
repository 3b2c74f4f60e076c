/*
 * language.h -- which language the program speaks, and in which letters.
 *
 * Main thread, before any message and before any other thread.
 */
#ifndef CONCVIZ_CLI_OPTIONS_LANGUAGE_H
#define CONCVIZ_CLI_OPTIONS_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Set the locale and bind the catalogue: the one next to the program if that
 * is in a build folder, else the installed one. language is "en", "ko" or
 * NULL for what the environment says; may be called again with another.
 */
void language_set(const char *language);

/* The folder of the catalogues: path, which it is written into, or the one of
 * the installation. */
const char *language_catalogue(char *path, size_t size);

/* Does the program speak Korean now? */
bool language_is_korean(void);

/* Do characters beyond ASCII come out right? */
bool language_has_unicode(void);

#endif
