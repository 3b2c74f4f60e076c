/*
 * perf_line.c -- a line is read from what is sure.
 *
 * The name of a thread may hold anything, blanks, colons, even what looks like
 * a field. So the beginning of a line is read backwards from its time and the
 * colon behind it, and a name in a field goes up to the last place where the next
 * field may begin.
 */
#include "sched/exchange/perf_line.h"

#include <stdio.h>
#include <string.h>

#include "sched/exchange/fixed_point.h"

enum {
    SECOND_DIGITS = 9 /* seconds become nanoseconds */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The colon of " SECONDS.FRACTION: ", or NULL. */
static char *find_time(char *line)
{
    for (char *colon = line; (colon = strchr(colon, ':')); colon++) {
        char *at = colon;

        while (at > line && is_digit(at[-1]))
            at--;
        if (at == colon || at == line || at[-1] != '.')
            continue;
        for (at--; at > line && is_digit(at[-1]);)
            at--;
        if (at > line && at[-1] == ' ' && at[0] != '.' && colon[1] == ' ')
            return colon;
    }
    return NULL;
}

/* Cut the last word off [line, end): returns where it begins. */
static char *last_word(char *line, char **end)
{
    char *at = *end;

    while (at > line && at[-1] == ' ')
        at--;
    *at = '\0';
    *end = at;
    while (at > line && at[-1] != ' ')
        at--;
    return at;
}

/* "[003]"; "[-01]" is no CPU. */
static int64_t read_cpu(const char *word)
{
    int64_t cpu;
    size_t length = strlen(word);

    if (length < 3 || word[length - 1] != ']' ||
        !fixed_point_read(word + 1, length - 2, 0, &cpu) || cpu > INT32_MAX)
        return -1;
    return cpu < 0 ? -1 : cpu;
}

bool perf_line_head(char *line, struct perf_head *head)
{
    char *end = find_time(line), *word, *slash;

    if (!end)
        return false;
    head->event = end + 1 + strspn(end + 1, " ");
    *end = '\0';
    word = last_word(line, &end);
    if (!fixed_point_read(word, strlen(word), SECOND_DIGITS, &head->t_ns))
        return false;
    end = word;
    word = last_word(line, &end);
    head->cpu = -1;
    if (*word == '[') {
        head->cpu = read_cpu(word);
        end = word;
        word = last_word(line, &end);
    }
    slash = strchr(word, '/');
    if (slash)
        word = slash + 1;
    if (!fixed_point_read(word, strlen(word), 0, &head->tid))
        return false;
    end = slash ? slash : word;
    while (slash && end > line && end[-1] != ' ')
        end--;
    while (end > line && end[-1] == ' ')
        end--;
    *end = '\0';
    head->comm = line + strspn(line, " ");
    return true;
}

void perf_line_field(const char *text, const char *key, const char *next,
                     char out[PERF_COMM_BYTES])
{
    const char *from = strstr(text, key), *end = NULL;
    size_t length;

    *out = '\0';
    if (!from)
        return;
    from += strlen(key);
    for (const char *at = from; next && (at = strstr(at, next)); at++)
        end = at;
    length = end ? (size_t)(end - from) : strcspn(from, " ");
    snprintf(out, PERF_COMM_BYTES, "%.*s", length < 63 ? (int)length : 63,
             from);
}

int64_t perf_line_number(const char *text, const char *key)
{
    char value[PERF_COMM_BYTES];
    int64_t number;

    perf_line_field(text, key, NULL, value);
    return fixed_point_read(value, strlen(value), 0, &number) ? number : -1;
}

/* "COMM:TID [PRIO] …", as older versions print it. */
static bool read_pair(const char *text, char comm[PERF_COMM_BYTES],
                      int64_t *tid)
{
    const char *bracket = strstr(text, " ["), *colon = bracket;

    while (colon && colon > text && *colon != ':')
        colon--;
    if (!colon || colon == text ||
        !fixed_point_read(colon + 1, (size_t)(bracket - colon - 1), 0, tid))
        return false;
    snprintf(comm, PERF_COMM_BYTES, "%.*s",
             colon - text < 63 ? (int)(colon - text) : 63, text);
    return true;
}

bool perf_line_switch(const char *text, struct perf_switch *s)
{
    const char *next = strstr(text, "==> "), *state;

    if (!next)
        return false;
    if (strstr(text, "prev_pid=")) {
        perf_line_field(text, "prev_comm=", " prev_pid=", s->comm[0]);
        perf_line_field(next, "next_comm=", " next_pid=", s->comm[1]);
        s->tid[0] = perf_line_number(text, "prev_pid=");
        s->tid[1] = perf_line_number(next, "next_pid=");
        state = strstr(text, "prev_state=");
        s->state = 'S';
        if (state)
            s->state = state[strlen("prev_state=")];
        return s->tid[0] >= 0 && s->tid[1] >= 0;
    }
    state = strstr(text, "] ");
    s->state = 'S';
    if (state)
        s->state = state[2];
    return read_pair(text, s->comm[0], &s->tid[0]) &&
           read_pair(next + strlen("==> "), s->comm[1], &s->tid[1]);
}

bool perf_line_woken(const char *text, char comm[PERF_COMM_BYTES], int64_t *tid)
{
    if (!strstr(text, "pid="))
        return read_pair(text, comm, tid);
    perf_line_field(text, "comm=", " pid=", comm);
    *tid = perf_line_number(text, " pid=");
    return true;
}
