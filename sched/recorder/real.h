/*
 * real.h -- the functions of the C library whose names this library takes.
 */
#ifndef CONCVIZ_SCHED_RECORDER_REAL_H
#define CONCVIZ_SCHED_RECORDER_REAL_H

#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

/* X(name, version that is meant where there are several, or NULL) */
#define REAL_TABLE(X)                                                          \
    X(pthread_create, NULL)                                                    \
    X(pthread_join, NULL)                                                      \
    X(pthread_timedjoin_np, NULL)                                              \
    X(pthread_clockjoin_np, NULL)                                              \
    X(pthread_setname_np, NULL)                                                \
    X(pthread_mutex_lock, NULL)                                                \
    X(pthread_mutex_trylock, NULL)                                             \
    X(pthread_mutex_timedlock, NULL)                                           \
    X(pthread_mutex_clocklock, NULL)                                           \
    X(pthread_mutex_unlock, NULL)                                              \
    X(pthread_cond_wait, "GLIBC_2.3.2")                                        \
    X(pthread_cond_timedwait, "GLIBC_2.3.2")                                   \
    X(pthread_cond_clockwait, NULL)                                            \
    X(pthread_cond_signal, "GLIBC_2.3.2")                                      \
    X(pthread_cond_broadcast, "GLIBC_2.3.2")                                   \
    X(pthread_rwlock_rdlock, NULL)                                             \
    X(pthread_rwlock_tryrdlock, NULL)                                          \
    X(pthread_rwlock_timedrdlock, NULL)                                        \
    X(pthread_rwlock_clockrdlock, NULL)                                        \
    X(pthread_rwlock_wrlock, NULL)                                             \
    X(pthread_rwlock_trywrlock, NULL)                                          \
    X(pthread_rwlock_timedwrlock, NULL)                                        \
    X(pthread_rwlock_clockwrlock, NULL)                                        \
    X(pthread_rwlock_unlock, NULL)                                             \
    X(pthread_barrier_wait, NULL)                                              \
    X(sem_wait, NULL)                                                          \
    X(sem_trywait, NULL)                                                       \
    X(sem_timedwait, NULL)                                                     \
    X(sem_clockwait, NULL)                                                     \
    X(sem_post, NULL)                                                          \
    X(sleep, NULL)                                                             \
    X(usleep, NULL)                                                            \
    X(nanosleep, NULL)                                                         \
    X(clock_nanosleep, NULL)                                                   \
    X(poll, NULL)                                                              \
    X(select, NULL)

#define X(name, version) __typeof__(name) *name;
struct real {
    REAL_TABLE(X)
};
#undef X

/* Found by real_find; a name that this C library has not is NULL. */
extern struct real real __attribute__((visibility("hidden")));

/* Find them, once; cheap afterwards. Whoever may be called before our
 * constructor calls it first: those of other libraries may come before. */
void real_find(void);

#endif
