/*
 * carried.h -- the one file (`make static`) carries inside what other builds
 * have beside themselves or where they are installed.
 *
 * What only we read could stay there; but libraries for other people's
 * programs, messages and the like are opened by others, by name. So they are
 * put into a folder of the person's when they are wanted, and stay for the next
 * time.
 */
#ifndef CONCVIZ_CLI_CARRIED_CARRIED_H
#define CONCVIZ_CLI_CARRIED_CARRIED_H

#include <stdbool.h>
#include <stddef.h>

/* Is this the one file? Then nothing belongs to it but what it carries. */
bool carried_is(void);

/* Write the path of a file that we carry, or of a folder with all that is below
 * it, as it is named in the build folder. It is there, and holds what we carry.
 * Returns false if we carry none of that name, or there is no place for it. */
bool carried_find(char *path, size_t size, const char *name);

/* If the terminal's name is one that we know: let the terminal library look at
 * what we carry, after all that the machine knows. */
void carried_terminal(void);

#endif
