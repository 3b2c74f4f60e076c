/*
 * carried_none.c -- carries nothing. The one file is linked with a list of its
 * own before this library, and then the linker does not take this one.
 */
#include "cli/carried/carried_files.h"

const struct carried_file carried_files[] = { { NULL, NULL, 0 } };
const char carried_files_mark[] = "";
