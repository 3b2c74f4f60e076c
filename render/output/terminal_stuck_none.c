/*
 * terminal_stuck_none.c -- for systems without timers of POSIX: drawing waits
 * until the terminal reads again, as all programs do.
 */
#include "render/output/terminal_stuck.h"

void terminal_stuck_init(int output, int keys)
{
    (void)output;
    (void)keys;
}

void terminal_stuck_fini(void)
{
}

void terminal_stuck_begin(void)
{
}

bool terminal_stuck_end(void)
{
    return false;
}
