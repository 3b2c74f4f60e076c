/*
 * other_name.h -- one function under two names; old programs know some calls by
 * another one.
 */
#ifndef CONCVIZ_SCHED_PRELOAD_OTHER_NAME_H
#define CONCVIZ_SCHED_PRELOAD_OTHER_NAME_H

/* other is name, a function of this file that others may call. */
#define OTHER_NAME(other, name)                                                \
    __asm__(".globl " #other "\n\t.set " #other ", " #name)

#endif
