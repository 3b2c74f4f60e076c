/*
 * config_file.h -- the configuration file: long options, one a line.
 */
#ifndef CONCVIZ_CLI_OPTIONS_CONFIG_FILE_H
#define CONCVIZ_CLI_OPTIONS_CONFIG_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct options;

/* Write the path of the file into path; false if the environment names no
 * folder for it. */
bool config_file_path(char *path, size_t size);

/*
 * Read the file at path into options. A file that does not exist, or
 * that we may not read, is as good as an empty one.
 * Returns false with diag filled (FILE:LINE) when it cannot be read or
 * understood.
 */
bool config_file_read(struct options *options, const char *path,
                      struct diag *diag);

#endif
