/*
 * calibration.h -- the burner's calibration, kept until the next boot.
 *
 * Measuring costs 40 ms, and two runs that are compared should count alike,
 * so the number is kept in a tiny file of the user's: in $XDG_RUNTIME_DIR if
 * that is a private folder, else under $XDG_STATE_HOME. It is believed only
 * if it was made by this program version on this processor since this boot.
 */
#ifndef CONCVIZ_SCHED_CPU_CALIBRATION_H
#define CONCVIZ_SCHED_CPU_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Return iterations per millisecond for run_options: the kept number, or a new
 * measurement, which is then kept if possible (that it is not is no error).
 */
int64_t calibration_get(void);

/* Write the path of the file into path; false if there is no place for one.
 * Makes no folder. */
bool calibration_path(char *path, size_t size);

/* Read the number from path; 0 if there is none that may be believed. */
int64_t calibration_load(const char *path);

/* Keep the number at path, all or nothing; the folders above it are made.
 * Returns 0 or a negative errno value. */
int calibration_save(const char *path, int64_t iterations_per_ms);

#endif
