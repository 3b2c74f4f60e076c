/*
 * progress_file.c -- the file of progress.h: read leniently, replaced at once.
 *
 * A new file is written next to the old one, flushed to the disk and renamed:
 * at every instant there is a complete file under that name, the old or the
 * new one.
 */
#include "lessons/session/progress_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/file.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"

static const char head[] =
    "# concviz keeps your progress here; please do not edit\n";

static const char *const modify_words[] = {
    [MODIFY_OPEN] = "open",
    [MODIFY_TRIED] = "tried",
    [MODIFY_SEEN] = "seen",
    [MODIFY_SOLVED] = "solved",
};

const char *progress_file_modify_word(enum modify_state state)
{
    return modify_words[state];
}

void progress_file_choices(const struct progress_entry *entry, char separator,
                           struct strbuf *out)
{
    for (size_t i = 0; i < entry->choice_count; i++) {
        int choice = entry->choice[i];

        if (i > 0)
            strbuf_addc(out, separator);
        if (choice >= 0)
            strbuf_addc(out, (char)('a' + choice));
        else
            strbuf_addc(out, choice == CHOICE_UNKNOWN ? '?' : '-');
    }
}

struct progress_entry *progress_file_get(struct progress *progress,
                                         const char *id)
{
    struct progress_entry *entry;

    for (size_t i = 0; i < progress->count; i++)
        if (strcmp(progress->entry[i].id, id) == 0)
            return &progress->entry[i];
    progress->entry = xgrow(progress->entry, progress->count,
                            &progress->capacity, sizeof *progress->entry);
    entry = &progress->entry[progress->count++];
    *entry = (struct progress_entry){ .at = 0 };
    snprintf(entry->id, sizeof entry->id, "%s", id);
    return entry;
}

/* --- reading -------------------------------------------------------------- */

static int small(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return digits > 0 && digits < 7 && !text[digits] ? atoi(text) : 0;
}

static void read_choices(const char *text, struct progress_entry *entry)
{
    for (; *text && entry->choice_count < PROGRESS_ANSWERS_MAX; text++) {
        int choice = *text >= 'a' && *text < 'a' + LESSON_CHOICES_MAX
                         ? *text - 'a'
                     : *text == '?' ? CHOICE_UNKNOWN
                                    : CHOICE_NONE;

        if (*text != ',')
            entry->choice[entry->choice_count++] = choice;
    }
}

/* A word after the id. Unknown words are ignored. */
static void read_word(const char *word, struct progress_entry *entry)
{
    if (strcmp(word, "done") == 0)
        entry->done = true;
    else if (strncmp(word, "at=", 3) == 0)
        entry->at = small(word + 3);
    else if (strncmp(word, "tries=", 6) == 0)
        entry->tries = small(word + 6);
    else if (strncmp(word, "hints=", 6) == 0)
        entry->hints = small(word + 6);
    else if (strncmp(word, "predict=", 8) == 0)
        read_choices(word + 8, entry);
    for (size_t i = 0; i < sizeof modify_words / sizeof *modify_words; i++)
        if (strncmp(word, "modify=", 7) == 0 &&
            strcmp(word + 7, modify_words[i]) == 0)
            entry->modify = (enum modify_state)i;
}

/* "ID done …" or "ID begun …" */
static bool read_entry(struct progress *progress, const char *line)
{
    char *copy = xstrdup(line), *save = NULL;
    char *id = strtok_r(copy, " \r", &save);
    char *state = id ? strtok_r(NULL, " \r", &save) : NULL;
    bool known = state && (!strcmp(state, "done") || !strcmp(state, "begun"));
    struct progress_entry *entry;

    known = known && strlen(id) < sizeof entry->id &&
            strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id);
    if (known) {
        entry = progress_file_get(progress, id);
        entry->choice_count = 0;
        for (char *word = state; word; word = strtok_r(NULL, " \r", &save))
            read_word(word, entry);
    }
    free(copy);
    return known;
}

static void read_line(struct progress *progress, const char *line)
{
    if (!*line || strncmp(line, head, sizeof head - 2) == 0)
        return;
    if (read_entry(progress, line))
        return;
    progress->unknown = xgrow(progress->unknown, progress->unknown_count,
                              &progress->unknown_capacity,
                              sizeof *progress->unknown);
    progress->unknown[progress->unknown_count++] = xstrdup(line);
}

static void read_lines(struct progress *progress, char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        bool more = text[length] == '\n';

        text[length] = '\0';
        read_line(progress, text);
        text += length + more;
    }
}

static char *default_path(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    struct strbuf path;

    strbuf_init(&path);
    if (state && *state == '/')
        strbuf_addf(&path, "%s/concviz/progress.txt", state);
    else if (home && *home == '/')
        strbuf_addf(&path, "%s/.local/state/concviz/progress.txt", home);
    return path.text;
}

struct progress *progress_load(const char *path, struct diag *diag)
{
    struct progress *progress = xcalloc(1, sizeof *progress);
    struct strbuf text;
    int error = 0;

    *diag = (struct diag){ .line = 0 };
    progress->path = path ? xstrdup(path) : default_path();
    strbuf_init(&text);
    if (*progress->path)
        error = file_read(progress->path, PROGRESS_BYTES_MAX, &text);
    if (text.length == PROGRESS_BYTES_MAX)
        error = -EFBIG;
    if (error && error != -ENOENT)
        diag_set(diag, progress->path, 0, 0, _("cannot be read: %s"),
                 strerror(-error));
    read_lines(progress, text.text);
    strbuf_fini(&text);
    return progress;
}

void progress_free(struct progress *progress)
{
    if (!progress)
        return;
    for (size_t i = 0; i < progress->unknown_count; i++)
        free(progress->unknown[i]);
    free(progress->unknown);
    free(progress->entry);
    free(progress->path);
    free(progress);
}

/* --- writing -------------------------------------------------------------- */

static void print_entry(const struct progress_entry *entry, struct strbuf *out)
{
    strbuf_addf(out, "%s %s", entry->id, entry->done ? "done" : "begun");
    if (entry->at > 0)
        strbuf_addf(out, " at=%d", entry->at);
    if (entry->choice_count > 0) {
        strbuf_adds(out, " predict=");
        progress_file_choices(entry, ',', out);
    }
    strbuf_addf(out, " modify=%s tries=%d hints=%d\n",
                modify_words[entry->modify], entry->tries, entry->hints);
}

/* Make the folders above path. */
static void make_folders(const char *path)
{
    char *folder = xstrdup(path);

    for (char *slash = strchr(folder + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(folder, 0700); /* if this fails, opening the file says why */
        *slash = '/';
    }
    free(folder);
}

static int write_all(int fd, const struct strbuf *text)
{
    size_t done = 0;

    while (done < text->length) {
        ssize_t wrote = write(fd, text->text + done, text->length - done);

        if (wrote < 0 && errno != EINTR)
            return errno;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return fsync(fd) == 0 ? 0 : errno;
}

/* Flush the folder that holds path, so that the new name is kept. */
static void flush_folder(const char *path)
{
    char *folder = xstrdup(path);
    char *slash = strrchr(folder, '/');
    int fd;

    if (slash && slash > folder) {
        *slash = '\0';
        fd = open(folder, O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            fsync(fd);
            close(fd);
        }
    }
    free(folder);
}

/* Returns an errno value. */
static int replace(const char *path, const struct strbuf *text)
{
    struct strbuf fresh;
    int fd, error;

    strbuf_init(&fresh);
    strbuf_addf(&fresh, "%s.XXXXXX", path);
    fd = mkstemp(fresh.text);
    error = fd < 0 ? errno : write_all(fd, text);
    if (fd >= 0 && close(fd) != 0 && !error)
        error = errno;
    if (!error && rename(fresh.text, path) != 0)
        error = errno;
    if (error && fd >= 0)
        unlink(fresh.text);
    if (!error)
        flush_folder(path);
    strbuf_fini(&fresh);
    return error;
}

bool progress_file_write(const struct progress *progress, struct diag *diag)
{
    struct strbuf text;
    int error = ENOENT;

    strbuf_init(&text);
    strbuf_adds(&text, head);
    for (size_t i = 0; i < progress->count; i++)
        if (!progress->entry[i].removed)
            print_entry(&progress->entry[i], &text);
    for (size_t i = 0; i < progress->unknown_count; i++)
        strbuf_addf(&text, "%s\n", progress->unknown[i]);
    if (*progress->path) {
        make_folders(progress->path);
        error = replace(progress->path, &text);
    }
    strbuf_fini(&text);
    if (error)
        diag_set(diag, *progress->path ? progress->path : NULL, 0, 0,
                 _("your progress cannot be kept: %s"),
                 *progress->path ? strerror(error)
                                 : _("neither XDG_STATE_HOME nor HOME is set"));
    return error == 0;
}
