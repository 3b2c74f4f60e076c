/*
 * program_library.h -- the libraries of ours that are loaded into other
 * people's programs.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_LIBRARY_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct strbuf;

/* Write the path of the library called name, which LD_PRELOAD can hold. Returns
 * false with diag filled if there is none. */
bool program_library_find(char *path, size_t size, const char *name,
                          struct diag *diag);

/* Append "LD_PRELOAD=…", what it was before included. */
void program_library_preload(struct strbuf *buf, const char *path);

#endif
