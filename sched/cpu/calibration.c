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

#include "sched/base/file.h"
#include "sched/base/state_file.h"
#include "sched/base/strbuf.h"
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

/* The runtime folder is emptied at the next boot, as the number should be; the
 * others need the boot in the key. */
bool calibration_path(char *path, size_t size)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    struct strbuf found;
    bool fits;

    strbuf_init(&found);
    if (runtime && runtime[0] == '/' && is_private(runtime))
        strbuf_addf(&found, "%s/concviz-calibration", runtime);
    else
        state_file_path("calibration", &found);
    fits = found.length > 0 && found.length < size;
    snprintf(path, size, "%s", fits ? found.text : "");
    strbuf_fini(&found);
    return fits;
}

/* What a file says that holds one number and this key. */
static int64_t read_rate(const char *text)
{
    char key[KEY_BYTES], *end;
    int64_t rate;

    make_key(key);
    if (text[0] < '1' || text[0] > '9')
        return 0;
    errno = 0;
    rate = strtoll(text, &end, 10);
    return errno == 0 && rate <= RATE_MAX && *end == ' ' &&
                   strcmp(end + 1, key) == 0
               ? rate
               : 0;
}

/* Anyone may have edited the file: it is read like any other input. */
int64_t calibration_load(const char *path)
{
    struct strbuf text;
    int64_t rate;

    strbuf_init(&text);
    file_read(path, LINE_BYTES, &text);
    text.text[strcspn(text.text, "\n")] = '\0';
    rate = read_rate(text.text);
    strbuf_fini(&text);
    return rate;
}

int calibration_save(const char *path, int64_t iterations_per_ms)
{
    char key[KEY_BYTES];
    struct strbuf line;
    int error;

    make_key(key);
    strbuf_init(&line);
    strbuf_line(&line, "%lld %s", (long long)iterations_per_ms, key);
    error = state_file_replace(path, &line);
    strbuf_fini(&line);
    return error;
}

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
