/*
 * progress_file.c -- the file of progress.h: read leniently, replaced at once.
 *
 * Before it is replaced it is read again, and nobody else may write meanwhile:
 * so another program's entries survive. A file that cannot be read whole is
 * left as it is.
 */
#include "lessons/session/progress_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/base/file.h"
#include "sched/base/i18n.h"
#include "sched/base/state_file.h"
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

/* "2026-11-27,-": of the answers, in their order. */
static void read_dates(const char *text, struct progress_entry *entry)
{
    const size_t length = PROGRESS_DATE_BYTES - 1;

    for (size_t i = 0; i < PROGRESS_ANSWERS_MAX; i++) {
        if (strspn(text, "0123456789-") == length)
            memcpy(entry->date[i], text, length);
        text += strcspn(text, ",");
        if (!*text++)
            return;
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
    else if (strncmp(word, "on=", 3) == 0)
        read_dates(word + 3, entry);
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
        memset(entry->date, 0, sizeof entry->date);
        for (char *word = state; word; word = strtok_r(NULL, " \r", &save))
            read_word(word, entry);
    }
    free(copy);
    return known;
}

/* What is not known here, a line with a zero byte too, is kept as it is. */
static void read_line(struct progress *progress, const char *line,
                      size_t length)
{
    bool is_head = strncmp(line, head, sizeof head - 2) == 0;

    progress->ours |= is_head;
    if (strlen(line) == length &&
        (!length || is_head || read_entry(progress, line)))
        return;
    strbuf_add(&progress->unknown, line, length);
    strbuf_addc(&progress->unknown, '\n');
}

static void read_lines(struct progress *progress, struct strbuf *text)
{
    char *line = text->text, *end = line + text->length;

    while (line < end) {
        char *newline = memchr(line, '\n', (size_t)(end - line));

        if (!newline)
            newline = end; /* where the text has its final NUL */
        *newline = '\0';
        read_line(progress, line, (size_t)(newline - line));
        line = newline + 1;
    }
}

static char *default_path(void)
{
    struct strbuf path;

    strbuf_init(&path);
    state_file_path("progress.txt", &path);
    return path.text;
}

struct progress *progress_load(const char *path, struct diag *diag)
{
    struct progress *progress = xcalloc(1, sizeof *progress);
    struct strbuf text;
    int error = 0;

    *diag = (struct diag){ .line = 0 };
    progress->path = path ? xstrdup(path) : default_path();
    strbuf_init(&progress->unknown);
    strbuf_init(&text);
    if (*progress->path)
        error = file_read(progress->path, PROGRESS_BYTES_MAX, &text);
    if (text.length == PROGRESS_BYTES_MAX)
        error = -EFBIG;
    if (error && error != -ENOENT)
        diag_set(diag, progress->path, 0, 0, _("cannot be read: %s"),
                 strerror(-error));
    read_lines(progress, &text);
    strbuf_fini(&text);
    return progress;
}

void progress_free(struct progress *progress)
{
    if (!progress)
        return;
    strbuf_fini(&progress->unknown);
    free(progress->entry);
    free(progress->path);
    free(progress);
}

/* --- writing -------------------------------------------------------------- */

static void print_choices(const struct progress_entry *entry,
                          struct strbuf *out)
{
    bool dated = false;

    for (size_t i = 0; i < entry->choice_count; i++) {
        int choice = entry->choice[i];
        char letter = (char)(choice >= 0                ? 'a' + choice
                             : choice == CHOICE_UNKNOWN ? '?'
                                                        : '-');

        strbuf_addf(out, "%s%c", i ? "," : " predict=", letter);
        dated |= entry->date[i][0] != '\0';
    }
    for (size_t i = 0; dated && i < entry->choice_count; i++)
        strbuf_addf(out, "%s%s",
                    i ? "," : " on=", entry->date[i][0] ? entry->date[i] : "-");
}

static void print_entry(const struct progress_entry *entry, struct strbuf *out)
{
    strbuf_addf(out, "%s %s", entry->id, entry->done ? "done" : "begun");
    if (entry->at > 0)
        strbuf_addf(out, " at=%d", entry->at);
    print_choices(entry, out);
    strbuf_addf(out, " modify=%s tries=%d hints=%d\n",
                modify_words[entry->modify], entry->tries, entry->hints);
}

/* The whole file as it is to be. */
static void print(const struct progress *progress, struct strbuf *text)
{
    strbuf_adds(text, head);
    for (size_t i = 0; i < progress->count; i++)
        if (!progress->entry[i].removed)
            print_entry(&progress->entry[i], text);
    strbuf_add(text, progress->unknown.text, progress->unknown.length);
}

/* Put what was changed here into what the file contains by now. */
static void merge(struct progress *fresh, const struct progress *mine)
{
    for (size_t i = 0; i < mine->count; i++)
        if (mine->entry[i].changed)
            *progress_file_get(fresh, mine->entry[i].id) = mine->entry[i];
}

/* What cannot be read whole is not replaced. */
static int replace(const struct progress *progress, int turn, struct diag *diag)
{
    struct progress *fresh = progress_load(progress->path, diag);
    bool whole = !*diag->message;
    struct strbuf text;
    int error;

    strbuf_init(&text);
    merge(fresh, progress);
    print(fresh, &text);
    error = state_file_end(turn, progress->path, whole ? &text : NULL);
    strbuf_fini(&text);
    progress_free(fresh);
    return error;
}

bool progress_file_update(const struct progress *progress, struct diag *diag)
{
    int turn = *progress->path ? state_file_begin(progress->path) : -ENOENT;
    int error = turn < 0 ? turn : 0;

    *diag = (struct diag){ .line = 0 };
    if (!error)
        error = replace(progress, turn, diag);
    if (error)
        diag_set(diag, *progress->path ? progress->path : NULL, 0, 0,
                 _("your progress cannot be kept: %s"),
                 *progress->path ? strerror(-error)
                                 : _("neither XDG_STATE_HOME nor HOME is set"));
    return !*diag->message;
}
