/*
 * program_file.h -- the file that a command runs, and whether its threads can
 * be ours.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_FILE_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct diag;

struct program_file {
    char path[4096]; /* of the first word */
    /* The program that is meant, which may be behind `timeout 5`; 0, 0: not
     * known before it runs. */
    dev_t device;
    ino_t inode;
    char meant[4096]; /* its path, or that of the first word */
};

/*
 * Find out what command (ends with NULL, not empty) runs. Returns false with
 * diag filled if there is no such program, or one that the library cannot be
 * loaded into: the sentence says why.
 */
bool program_file_find(struct program_file *file, const char *const command[],
                       struct diag *diag);

/* Write where the program called name is: on the PATH, unless it has a slash.
 * Returns false if there is none. */
bool program_file_in_path(char *path, size_t size, const char *name);

/* Find the first word of command only; no more of file is filled. Returns false
 * with diag filled if it is no program. */
bool program_file_look(struct program_file *file, const char *const command[],
                       struct diag *diag);

/* Why the library cannot be loaded into a file, translated; NULL: it can. */
const char *program_file_reason(const char *path);

#endif
