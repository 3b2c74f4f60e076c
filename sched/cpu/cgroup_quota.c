/*
 * cgroup_quota.c -- walk from our cgroup to the root and keep the tightest quota.
 *
 * PROC/self/cgroup says which cgroup we are in, one line a hierarchy:
 *
 *     4:cpu,cpuacct:/user/1000      version 1, the hierarchy with "cpu"
 *     0::/user.slice/session-2      version 2
 *
 * PROC/self/mountinfo says where a hierarchy is mounted, and which of its
 * folders is the root of that mount (in a container often our own). Version 1
 * is asked first: on systems with both, the cpu controller is there.
 */
#include "sched/cpu/cgroup_quota.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PATH_BYTES = 4096
};

static bool join(char *path, const char *folder, const char *name)
{
    int length = snprintf(path, PATH_BYTES, "%s%s", folder, name);

    return length >= 0 && length < PATH_BYTES;
}

/* Is word one of the words in a list with commas, "cpu,cpuacct"? */
static bool lists(const char *list, const char *word)
{
    size_t length = strlen(word);

    while (*list != '\0') {
        size_t span = strcspn(list, ",");

        if (span == length && memcmp(list, word, length) == 0) {
            return true;
        }
        list += span + (list[span] == ',');
    }
    return false;
}

/* --- where to look -------------------------------------------------------- */

/* Our cgroup in the hierarchy of this version, from one line of the file. */
static bool take_group(char *line, int version, char *group)
{
    char *controllers = strchr(line, ':');
    char *path = controllers != NULL ? strchr(controllers + 1, ':') : NULL;

    if (path == NULL) {
        return false;
    }
    *path++ = '\0';
    path[strcspn(path, "\n")] = '\0';
    controllers++;
    if (version == 1 ? !lists(controllers, "cpu") : controllers[0] != '\0') {
        return false;
    }
    return join(group, path, "");
}

/* mountinfo writes blanks and backslashes as \040 and the like. */
static void unescape(char *text)
{
    char *to = text;

    for (; *text != '\0'; text++) {
        int code;
        char digits[4] = "";

        if (*text == '\\') {
            strncpy(digits, text + 1, 3);
        }
        if (strlen(digits) == 3 && strspn(digits, "01234567") == 3) {
            code = (int)strtol(digits, NULL, 8);
            *to++ = (char)code;
            text += 3;
        } else {
            *to++ = *text;
        }
    }
    *to = '\0';
}

/* What a line of mountinfo says, cut out of it:
 * ID PARENT DEVICE ROOT POINT OPTIONS [MORE...] - TYPE SOURCE SUPER-OPTIONS */
struct mount {
    char *root, *point;
    const char *type, *options;
};

static bool cut_mount(char *line, struct mount *mount)
{
    char *field[5];
    char *rest = strstr(line, " - ");
    char *save;

    if (rest == NULL) {
        return false;
    }
    *rest = '\0';
    for (int i = 0; i < 5; i++) {
        field[i] = strtok_r(i == 0 ? line : NULL, " ", &save);
        if (field[i] == NULL) {
            return false;
        }
    }
    mount->root = field[3];
    mount->point = field[4];
    unescape(mount->root);
    unescape(mount->point);
    mount->type = strtok_r(rest + 3, " \n", &save);
    if (mount->type == NULL || strtok_r(NULL, " \n", &save) == NULL) {
        return false;
    }
    mount->options = strtok_r(NULL, " \n", &save);
    return mount->options != NULL;
}

/* The folder of group, if this line mounts the hierarchy of this version. */
static bool take_mount(char *line, int version, const char *group, char *top,
                       char *folder)
{
    struct mount mount;
    size_t length;

    if (!cut_mount(line, &mount) ||
        strcmp(mount.type, version == 1 ? "cgroup" : "cgroup2") != 0 ||
        (version == 1 && !lists(mount.options, "cpu"))) {
        return false;
    }
    length = strcmp(mount.root, "/") == 0 ? 0 : strlen(mount.root);
    if (strncmp(group, mount.root, length) == 0 &&
        (group[length] == '/' || group[length] == '\0')) {
        group += length;
    } else {
        group = ""; /* a mount of something else: its top is all we see */
    }
    return join(top, mount.point, "") && join(folder, top, group);
}

/* --- what stands there ---------------------------------------------------- */

static bool read_text(const char *folder, const char *name, char *text,
                      size_t size)
{
    char path[PATH_BYTES];
    FILE *file = join(path, folder, name) ? fopen(path, "re") : NULL;
    size_t length;

    if (file == NULL) {
        return false;
    }
    length = fread(text, 1, size - 1, file);
    fclose(file);
    text[length] = '\0';
    return length > 0;
}

/* "20000 100000\n", "max 100000\n"; version 1 has two files. */
static bool read_limit(const char *folder, int version,
                       struct cgroup_quota *limit)
{
    char text[64];
    char period[64];

    if (version == 2) {
        return read_text(folder, "/cpu.max", text, sizeof(text)) &&
               sscanf(text, "%" SCNd64 " %" SCNd64, &limit->quota_us,
                      &limit->period_us) == 2;
    }
    return read_text(folder, "/cpu.cfs_quota_us", text, sizeof(text)) &&
           read_text(folder, "/cpu.cfs_period_us", period, sizeof(period)) &&
           sscanf(text, "%" SCNd64, &limit->quota_us) == 1 &&
           sscanf(period, "%" SCNd64, &limit->period_us) == 1;
}

static int64_t find_count(const char *text, const char *name)
{
    const char *at = strstr(text, name);

    return at != NULL ? strtoll(at + strlen(name), NULL, 10) : 0;
}

static void read_counts(const char *folder, struct cgroup_quota *limit)
{
    char text[1024];

    if (read_text(folder, "/cpu.stat", text, sizeof(text))) {
        limit->periods = find_count(text, "nr_periods ");
        limit->throttled = find_count(text, "nr_throttled ");
    }
}

/* Is a tighter than b? Compared as fractions, by cross multiplication; both
 * are read from the kernel, which keeps them below 2^44. */
static bool tighter(const struct cgroup_quota *a, const struct cgroup_quota *b)
{
    return b->quota_us == 0 || (double)a->quota_us * (double)b->period_us <
                                   (double)b->quota_us * (double)a->period_us;
}

static void walk(struct cgroup_quota *quota, const char *top, char *folder)
{
    size_t top_length = strlen(top);

    for (;;) {
        struct cgroup_quota limit = { .cgroup_version = quota->cgroup_version };
        char *slash;

        if (read_limit(folder, quota->cgroup_version, &limit) &&
            limit.quota_us > 0 && limit.period_us > 0 &&
            tighter(&limit, quota)) {
            read_counts(folder, &limit);
            *quota = limit;
        }
        slash = strrchr(folder, '/');
        if (slash == NULL || (size_t)(slash - folder) < top_length) {
            return;
        }
        *slash = '\0';
    }
}

static bool find_group(const char *proc, int version, char *group)
{
    char path[PATH_BYTES];
    char line[PATH_BYTES];
    bool found = false;
    FILE *file = join(path, proc, "/self/cgroup") ? fopen(path, "re") : NULL;

    if (file == NULL) {
        return false;
    }
    while (!found && fgets(line, sizeof(line), file) != NULL) {
        found = take_group(line, version, group);
    }
    fclose(file);
    return found;
}

static bool find_folder(const char *proc, int version, const char *group,
                        char *top, char *folder)
{
    char path[PATH_BYTES];
    char line[PATH_BYTES];
    bool found = false;
    FILE *file = join(path, proc, "/self/mountinfo") ? fopen(path, "re") : NULL;

    if (file == NULL) {
        return false;
    }
    while (!found && fgets(line, sizeof(line), file) != NULL) {
        found = take_mount(line, version, group, top, folder);
    }
    fclose(file);
    return found;
}

void cgroup_quota_read(struct cgroup_quota *quota, const char *proc)
{
    char group[PATH_BYTES];
    char top[PATH_BYTES];
    char folder[PATH_BYTES];

    *quota = (struct cgroup_quota){ 0 };
    for (int version = 1; version <= 2; version++) {
        if (find_group(proc, version, group) &&
            find_folder(proc, version, group, top, folder)) {
            quota->cgroup_version = version;
            walk(quota, top, folder);
            return;
        }
    }
}
