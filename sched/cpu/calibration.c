/*
 * calibration.c -- one number, kept until the next boot.
 *
 * The file is one line: the number, then all that must still be so for it to
 * be believed. Anything else in it (another boot, another processor, another
 * version, half a line) means that it is measured again.
 */
#include "sched/cpu/calibration.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/xalloc.h"
#include "sched/cpu/burner.h"
#include "sched/cpu/kernel_line.h"

enum {
    KEY_BYTES = 256,
    LINE_BYTES = 512,
    PATH_BYTES = 4096,
};

/* No processor does more in a millisecond; keeps products within 64 bits. */
#define RATE_MAX INT64_C(1000000000)

/* All that the number depends on, in one line. */
static void make_key(char key[KEY_BYTES])
{
    char boot[64], model[128];

    kernel_line(boot, sizeof boot, "", "/proc/sys/kernel/random/boot_id");
    kernel_line(model, sizeof model, "model name", "/proc/cpuinfo");
    snprintf(key, KEY_BYTES, "boot %s, %s, processor%s", boot, PACKAGE_STRING,
             model);
}

/* Can nobody else read or write in this folder? */
static bool is_private(const char *folder)
{
    struct stat status;

    return lstat(folder, &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == geteuid() && (status.st_mode & 077) == 0;
}

/* The value of an environment variable that holds an absolute path, or NULL:
 * the XDG specification says to ignore others. */
static const char *absolute(const char *variable)
{
    const char *value = getenv(variable);

    return value && value[0] == '/' ? value : NULL;
}

/* The runtime folder is emptied at the next boot, as the number should be; the
 * others need the boot in the key. */
bool calibration_path(char *path, size_t size)
{
    const char *runtime = absolute("XDG_RUNTIME_DIR");
    const char *state = absolute("XDG_STATE_HOME");
    const char *home = absolute("HOME");
    int length = -1;

    if (runtime && is_private(runtime)) {
        length = snprintf(path, size, "%s/concviz-calibration", runtime);
    } else if (state) {
        length = snprintf(path, size, "%s/concviz/calibration", state);
    } else if (home) {
        length = snprintf(path, size, "%s/.local/state/concviz/calibration",
                          home);
    }
    return length >= 0 && (size_t)length < size;
}

/* Anyone may have edited the file: it is read like any other input. */
int64_t calibration_load(const char *path)
{
    char key[KEY_BYTES];
    char line[LINE_BYTES];
    char *end;
    int64_t rate;

    make_key(key);
    if (!kernel_line(line, sizeof line, "", "%s", path) || line[0] < '1' ||
        line[0] > '9')
        return 0;
    errno = 0;
    rate = strtoll(line, &end, 10);
    if (errno != 0 || rate > RATE_MAX || *end != ' ' ||
        strcmp(end + 1, key) != 0)
        return 0;
    return rate;
}

/* Make the folder a file is in, and the one above it. */
static void make_folders(const char *path)
{
    char *folder = xstrdup(path);
    char *last = strrchr(folder, '/');

    if (last && last != folder) {
        char *before;

        *last = '\0';
        before = strrchr(folder, '/');
        if (before && before != folder) {
            *before = '\0';
            mkdir(folder, 0700);
            *before = '/';
        }
        mkdir(folder, 0700);
    }
    free(folder);
}

/* Write the line to a file that is open; closes it. */
static int write_line(int descriptor, int64_t rate)
{
    char key[KEY_BYTES];
    char line[LINE_BYTES];
    int length;
    int error = 0;

    make_key(key);
    length = snprintf(line, sizeof line, "%lld %s\n", (long long)rate, key);
    if (write(descriptor, line, (size_t)length) != length)
        error = -EIO;
    if (close(descriptor) != 0 && error == 0)
        error = -EIO;
    return error;
}

/* By way of a draft that is renamed, so that two programs that start at once
 * never leave half a line each. */
int calibration_save(const char *path, int64_t iterations_per_ms)
{
    char draft[PATH_BYTES + 8];
    int length = snprintf(draft, sizeof draft, "%s.XXXXXX", path);
    int descriptor;
    int error;

    if (length < 0 || (size_t)length >= sizeof draft)
        return -ENAMETOOLONG;
    make_folders(path);
    descriptor = mkstemp(draft);
    if (descriptor < 0)
        return -errno;
    error = write_line(descriptor, iterations_per_ms);
    if (error == 0 && rename(draft, path) != 0)
        error = -errno;
    if (error != 0)
        unlink(draft);
    return error;
}

/* A calibration that cannot be kept is measured again by the next program. */
int64_t calibration_get(void)
{
    char path[PATH_BYTES];
    bool has_path = calibration_path(path, sizeof path);
    int64_t rate = has_path ? calibration_load(path) : 0;

    if (rate == 0) {
        rate = burner_calibrate();
        if (has_path)
            calibration_save(path, rate);
    }
    return rate;
}
