/*
 * feed.c -- blocks of a file become what a reader wants: bytes, or lines.
 */
#include "sched/exchange/feed.h"

#include <limits.h>
#include <string.h>

#include "sched/base/strbuf.h"
#include "sched/exchange/input.h"
#include "sched/exchange/journal.h"
#include "sched/exchange/json_record.h"

/* Where the input ended, if not well. */
static void tell_end(struct journal *journal, const struct input *input)
{
    switch (input_end(input)) {
    case INPUT_WHOLE:
        break;
    case INPUT_TOO_BIG:
        journal_remark(journal, REMARK_TOO_BIG, 0, 0);
        break;
    case INPUT_CUT:
        journal_remark(journal, REMARK_PACKED_CUT, 0, 0);
        break;
    case INPUT_DAMAGED:
        journal_remark(journal, REMARK_PACKED_DAMAGED, 0, 0);
        break;
    case INPUT_FAILED:
        journal_remark(journal, REMARK_FAILED, 0, 0);
        break;
    }
}

/* A text that ends too early is told only if its file is whole. */
void feed_json(struct journal *journal, struct input *input,
               struct json_reader *reader)
{
    enum json_state state = JSON_FINE;
    int line, column;
    size_t length;

    for (const char *text;
         state == JSON_FINE && (text = input_next(input, &length));)
        state = json_record_read(reader, text, length);
    tell_end(journal, input);
    json_record_place(reader, &line, &column);
    if (state == JSON_BROKEN)
        journal_remark(journal, REMARK_BROKEN, line, column);
    else if (state == JSON_TOO_DEEP)
        journal_remark(journal, REMARK_TOO_DEEP, line, column);
    else if (state == JSON_TOO_LONG)
        journal_remark(journal, REMARK_TOO_LONG, line, column);
    else if (state == JSON_FINE && input_end(input) == INPUT_WHOLE &&
             !json_record_is_whole(reader))
        journal_remark(journal, REMARK_CUT, line, column);
}

/* --- lines ---------------------------------------------------------------- */

void feed_init(struct feed *feed,
               bool (*take)(void *context, char *line, size_t length,
                            int number),
               void *context)
{
    *feed = (struct feed){ .take = take, .context = context, .more = true };
    strbuf_init(&feed->line);
}

void feed_fini(struct feed *feed)
{
    strbuf_fini(&feed->line);
}

/* What does not fit is left out. */
static void keep(struct strbuf *line, const char *text, size_t length)
{
    size_t room = FEED_LINE_MAX - line->length;

    strbuf_add(line, text, length < room ? length : room);
}

static void give(struct feed *feed)
{
    struct strbuf *line = &feed->line;

    for (size_t i = 0; i < line->length; i++)
        if (line->text[i] == '\0')
            line->text[i] = '?';
    if (line->length > 0 && line->text[line->length - 1] == '\r')
        line->text[--line->length] = '\0';
    if (feed->number < INT_MAX)
        feed->number++;
    feed->more = feed->take(feed->context, line->text, line->length,
                            feed->number);
    strbuf_clear(line);
}

void feed_add(struct feed *feed, const char *text, size_t length)
{
    const char *end = text + length, *newline;

    while (feed->more && (newline = memchr(text, '\n', (size_t)(end - text)))) {
        keep(&feed->line, text, (size_t)(newline - text));
        give(feed);
        text = newline + 1;
    }
    if (feed->more)
        keep(&feed->line, text, (size_t)(end - text));
}

void feed_end(struct feed *feed)
{
    if (feed->more && feed->line.length > 0)
        give(feed);
}

void feed_lines(struct journal *journal, struct input *input,
                bool (*take)(void *context, char *line, size_t length,
                             int number),
                void *context)
{
    struct feed feed;
    size_t length;

    feed_init(&feed, take, context);
    for (const char *text; feed.more && (text = input_next(input, &length));)
        feed_add(&feed, text, length);
    feed_end(&feed);
    tell_end(journal, input);
    feed_fini(&feed);
}
