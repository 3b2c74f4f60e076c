/*
 * config_file.c -- the configuration file is a command line, one option a line.
 *
 * It is read before the real command line, which therefore wins. Opening it
 * must neither hang nor fail in places where there simply is no such file.
 */
#include "cli/options/config_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/options/options.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"

enum {
    LINE_BYTES = 512
};

/* Some editors begin a file of UTF-8 with it. */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

bool config_file_path(char *path, size_t size)
{
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    int length = -1;

    /* The XDG rules: a relative path is ignored. */
    if (config && config[0] == '/')
        length = snprintf(path, size, "%s/concviz/config", config);
    else if (home && home[0] == '/')
        length = snprintf(path, size, "%s/.config/concviz/config", home);
    return length > 0 && (size_t)length < size;
}

/* Cut off comment and space; returns where the rest begins. */
static char *trim(char *line)
{
    char *end;

    line += strspn(line, " \t");
    line[strcspn(line, "#\r\n")] = '\0';
    end = line + strlen(line);
    while (end > line && (end[-1] == ' ' || end[-1] == '\t'))
        *--end = '\0';
    return line;
}

/* "name", "name value", "name=value" or "name = value"; dashes are optional. */
static bool read_line(struct options *options, char *line, struct diag *diag)
{
    struct diag found;
    char *value;
    bool used;

    line = trim(line);
    if (!*line)
        return true;
    if (strncmp(line, "--", 2) == 0)
        line += 2;
    value = line + strcspn(line, " \t=");
    if (*value) {
        *value++ = '\0';
        value += strspn(value, " \t=");
    }
    if (strcmp(line, "help") == 0 || strcmp(line, "version") == 0) {
        diag_set(diag, NULL, 0, 0, _("%s does not belong in this file"), line);
        return false;
    }
    if (!options_set(options, line, *value ? value : NULL, &used, &found)) {
        diag_set(diag, NULL, 0, 0, "%s", found.message);
        return false;
    }
    if (*value && !used) {
        diag_set(diag, NULL, 0, 0, _("--%s takes no value"), line);
        return false;
    }
    return true;
}

static bool read_lines(struct options *options, FILE *file, const char *path,
                       struct diag *diag)
{
    char line[LINE_BYTES];
    struct diag found;
    int number = 0;

    while (fgets(line, sizeof line, file)) {
        bool whole = strchr(line, '\n') || feof(file);
        bool marked = number++ == 0 && strncmp(line, BYTE_ORDER_MARK, 3) == 0;

        if (!whole) {
            diag_set(diag, path, number, 0, "%s",
                     strlen(line) < sizeof line - 1
                         ? _("a zero byte: this is not a text file; save it as "
                             "UTF-8 text")
                         : _("this line is too long"));
            return false;
        }
        if (!read_line(options, marked ? line + 3 : line, &found)) {
            diag_set(diag, path, number, 0, "%s", found.message);
            return false;
        }
    }
    return true;
}

bool config_file_read(struct options *options, const char *path,
                      struct diag *diag)
{
    /* Not waiting: a FIFO in its place must not stop the program. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat about;
    FILE *file;
    bool read;

    if (fd < 0) {
        if (errno == ENOENT || errno == ENOTDIR || errno == EACCES)
            return true;
        diag_set(diag, path, 0, 0, "%s", strerror(errno));
        return false;
    }
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) ||
        !(file = fdopen(fd, "r"))) {
        close(fd);
        diag_set(diag, path, 0, 0, _("this is not a regular file"));
        return false;
    }
    read = read_lines(options, file, path, diag);
    fclose(file);
    return read;
}
