/*
 * main.c -- the program.
 */
#include <stdio.h>

#include "sched/base/i18n.h"

int main(void)
{
    puts(_("see concurrency and parallelism"));
    return 0;
}
