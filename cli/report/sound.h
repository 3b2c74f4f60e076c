/*
 * sound.h -- --sound: write down what a run sounds like.
 */
#ifndef CONCVIZ_CLI_REPORT_SOUND_H
#define CONCVIZ_CLI_REPORT_SOUND_H

struct options;
struct runner;

/*
 * Open the file for writing, before anything is run; what it holds is kept
 * until there is a sound to put there. Returns a descriptor, or -1 after
 * saying why not.
 */
int sound_open(const char *name);

/* Wait for the run and write it to fd, which is closed (-1: do nothing); a run
 * that failed has no sound. Returns an exit status, other than EXIT_DONE after
 * saying why. */
int sound_write(int fd, struct runner *runner, const struct options *options);

#endif
