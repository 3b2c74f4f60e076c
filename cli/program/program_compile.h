/*
 * program_compile.h -- a C file becomes a program.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_COMPILE_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_COMPILE_H

#include <stdbool.h>
#include <string.h>

/* Is the word the name of a C file? */
static inline bool program_compile_takes(const char *word)
{
    size_t length = strlen(word);

    return length > 2 && strcmp(word + length - 2, ".c") == 0;
}

/* A program in a folder of its own; "": there is none. */
struct program_compiled {
    char folder[512], program[1024];
};

/*
 * Compile a C file with $CC, or cc, which writes its own messages on standard
 * error: with concviz.h and its library, or with threads alone. Returns false
 * after saying why there is no program. Remove it in any case.
 */
bool program_compile_keep(struct program_compiled *compiled, const char *file,
                          bool ours);
void program_compile_remove(const struct program_compiled *compiled);

/* The same with concviz.h; returns a descriptor of the program, which has no
 * name any more, or a negative number. */
int program_compile(const char *file);

#endif
