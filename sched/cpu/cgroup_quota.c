/*
 * cgroup_quota.c -- walk from our cgroup to the root and keep the tightest
 * quota.
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

#include "sched/cpu/kernel_line.h"

enum {
    PATH_BYTES = 4096
};

/* What the lines of both files tell, piece by piece. */
struct search {
    int version;
    char group[PATH_BYTES];  /* ours in the hierarchy of this version */
    char top[PATH_BYTES];    /* where that hierarchy is mounted */
    char folder[PATH_BYTES]; /* of our group, below top */
};

/* Look at one line, which may be cut up; returns whether it was the one. */
typedef bool take_line(struct search *search, char *line);

static bool join(char path[PATH_BYTES], const char *folder, const char *name)
{
    int length = snprintf(path, PATH_BYTES, "%s%s", folder, name);

    return length >= 0 && length < PATH_BYTES;
}

/* Is word one of the words in a list with commas, "cpu,cpuacct"? */
static bool lists(const char *list, const char *word)
{
    size_t length = strlen(word);

    while (*list) {
        size_t span = strcspn(list, ",");

        if (span == length && memcmp(list, word, length) == 0)
            return true;
        list += span + (list[span] == ',');
    }
    return false;
}

/* --- where to look -------------------------------------------------------- */

/* ID:CONTROLLERS:PATH, where version 2 has no controllers. */
static bool take_group(struct search *search, char *line)
{
    char *controllers = strchr(line, ':');
    char *path = controllers ? strchr(controllers + 1, ':') : NULL;

    if (!path)
        return false;
    *path++ = '\0';
    path[strcspn(path, "\n")] = '\0';
    controllers++;
    if (search->version == 1 ? !lists(controllers, "cpu") : *controllers != 0)
        return false;
    return join(search->group, path, "");
}

/* mountinfo writes blanks and backslashes as \040 and the like. */
static void unescape(char *text)
{
    char *to = text;

    for (; *text; text++) {
        char digits[4] = "";

        if (*text == '\\')
            strncpy(digits, text + 1, 3);
        if (strlen(digits) == 3 && strspn(digits, "01234567") == 3) {
            *to++ = (char)strtol(digits, NULL, 8);
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

/* The optional fields differ in number, so the two ends are cut separately. */
static bool cut_mount(char *line, struct mount *mount)
{
    char *field[5];
    char *rest = strstr(line, " - ");
    char *save;

    if (!rest)
        return false;
    *rest = '\0';
    for (int i = 0; i < 5; i++) {
        field[i] = strtok_r(i == 0 ? line : NULL, " ", &save);
        if (!field[i])
            return false;
    }
    mount->root = field[3];
    mount->point = field[4];
    unescape(mount->root);
    unescape(mount->point);
    mount->type = strtok_r(rest + 3, " \n", &save);
    if (!mount->type || !strtok_r(NULL, " \n", &save))
        return false;
    mount->options = strtok_r(NULL, " \n", &save);
    return mount->options;
}

/* Does this line mount the hierarchy? Then our group's folder is below it, or
 * it is a mount of something else and its top is all we can see. */
static bool take_mount(struct search *search, char *line)
{
    const char *group = search->group;
    struct mount mount;
    size_t length;

    if (!cut_mount(line, &mount) ||
        strcmp(mount.type, search->version == 1 ? "cgroup" : "cgroup2") != 0 ||
        (search->version == 1 && !lists(mount.options, "cpu")))
        return false;
    length = strcmp(mount.root, "/") == 0 ? 0 : strlen(mount.root);
    if (strncmp(group, mount.root, length) == 0 &&
        (group[length] == '/' || group[length] == '\0'))
        group += length;
    else
        group = "";
    return join(search->top, mount.point, "") &&
           join(search->folder, search->top, group);
}

/* Show the lines of PROC/self/NAME to take until it has found its own. */
static bool find_line(struct search *search, const char *proc, const char *name,
                      take_line *take)
{
    char path[PATH_BYTES], line[PATH_BYTES];
    bool found = false;
    FILE *file = join(path, proc, name) ? fopen(path, "re") : NULL;

    if (!file)
        return false;
    while (!found && fgets(line, sizeof line, file))
        found = take(search, line);
    fclose(file);
    return found;
}

/* --- what is written there ------------------------------------------------ */

/* "20000 100000", "max 100000"; version 1 has two files. */
static bool read_limit(const char *folder, int version,
                       struct cgroup_quota *limit)
{
    char text[64], period[64];

    if (version == 2)
        return kernel_line(text, sizeof text, "", "%s/cpu.max", folder) &&
               sscanf(text, "%" SCNd64 " %" SCNd64, &limit->quota_us,
                      &limit->period_us) == 2;
    return kernel_line(text, sizeof text, "", "%s/cpu.cfs_quota_us", folder) &&
           kernel_line(period, sizeof period, "", "%s/cpu.cfs_period_us",
                       folder) &&
           sscanf(text, "%" SCNd64, &limit->quota_us) == 1 &&
           sscanf(period, "%" SCNd64, &limit->period_us) == 1;
}

static int64_t read_count(const char *folder, const char *name)
{
    char text[64];

    kernel_line(text, sizeof text, name, "%s/cpu.stat", folder);
    return strtoll(text, NULL, 10);
}

/* Is a tighter than b? Compared as fractions, by cross multiplication; both
 * are read from the kernel, which keeps them below 2^44. */
static bool tighter(const struct cgroup_quota *a, const struct cgroup_quota *b)
{
    return b->quota_us == 0 || (double)a->quota_us * (double)b->period_us <
                                   (double)b->quota_us * (double)a->period_us;
}

/* Every ancestor limits us as well; the counts are those of the one that
 * limits most. Cuts search->folder from its end. */
static void walk(struct cgroup_quota *quota, struct search *search)
{
    size_t top_length = strlen(search->top);
    char *folder = search->folder;

    for (;;) {
        struct cgroup_quota limit = { .cgroup_version = search->version };
        char *slash;

        if (read_limit(folder, search->version, &limit) && limit.quota_us > 0 &&
            limit.period_us > 0 && tighter(&limit, quota)) {
            limit.periods = read_count(folder, "nr_periods ");
            limit.throttled = read_count(folder, "nr_throttled ");
            *quota = limit;
        }
        slash = strrchr(folder, '/');
        if (!slash || (size_t)(slash - folder) < top_length)
            return;
        *slash = '\0';
    }
}

void cgroup_quota_read(struct cgroup_quota *quota, const char *proc)
{
    struct search search;

    *quota = (struct cgroup_quota){ 0 };
    for (int version = 1; version <= 2; version++) {
        search.version = version;
        if (find_line(&search, proc, "/self/cgroup", take_group) &&
            find_line(&search, proc, "/self/mountinfo", take_mount)) {
            quota->cgroup_version = version;
            walk(quota, &search);
            return;
        }
    }
}
