/*
 * web_program.c -- the text of the program by lines, the places tasks were at,
 * and what they said.
 *
 * A place is a line and the characters in it that are the step, counted as
 * JavaScript counts them: in units of UTF-16.
 */
#include <stdio.h>
#include <stdlib.h>

#include "render/draw/listing.h"
#include "render/web/web_run_internal.h"
#include "sched/base/json.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/history/history_value.h"

enum {
    LINES_MOST = 5000,
    GROWTH = 4 /* bytes of a clean character for one of any other text */
};

/* The first bytes of a text, clean; yours to free. */
static char *clean(const char *text, size_t bytes)
{
    char *part = xcalloc(bytes + 1, 1), *out;
    size_t size = GROWTH * bytes + 1;

    for (size_t i = 0; i < bytes; i++)
        part[i] = text[i];
    out = xcalloc(size, 1);
    text_clean(out, size, part);
    free(part);
    return out;
}

static int64_t units(const char *text, size_t bytes)
{
    char *part = clean(text, bytes);
    int64_t count = 0;
    uint32_t rune;

    for (const char *at = part; *at; count += 1 + (rune > 0xFFFF))
        at += text_decode(at, &rune);
    free(part);
    return count;
}

static void write_lines(struct json *json, struct listing *listing)
{
    const char *text = listing->text;

    json_begin(json, "lines", '[');
    for (int i = 0; text && *text && i < LINES_MOST; i++) {
        char *line;

        listing_take(listing, text);
        line = clean(listing->line.text, listing->line.length);
        json_string(json, NULL, line);
        free(line);
        text = listing_next(text);
    }
    json_end(json, ']');
}

/* [line, from, to] */
static void write_place(struct json *json, struct listing *listing,
                        const char *place)
{
    int line = 0, column = 0;
    const char *text;

    sscanf(place, "%d %d", &line, &column);
    text = listing_find(listing, line);
    json_begin(json, NULL, '[');
    json_int(json, NULL, line);
    if (text) {
        struct listing_part part;

        listing_take(listing, text);
        part = listing_step(listing, column);
        json_int(json, NULL, units(listing->line.text, part.from));
        json_int(json, NULL, units(listing->line.text, part.to));
    }
    json_end(json, ']');
}

void web_program_write(struct json *json, const struct web_walk *walk)
{
    const char *text = walk->scene.workload->listing;
    struct listing listing;

    if (!text)
        return;
    listing_init(&listing, text, LINES_MOST);
    write_lines(json, &listing);
    json_begin(json, "places", '[');
    for (size_t i = 0; i < walk->places.count; i++)
        write_place(json, &listing, walk->places.text[i]);
    json_end(json, ']');
    listing_fini(&listing);
}

void web_says_write(struct json *json, struct web_walk *walk)
{
    const struct trace *trace = history_trace(walk->history);
    size_t count = history_value_said(walk->history, trace_count(trace));
    struct web_track who = { 0 }, what = { 0 };

    if (!history_value_can_say(walk->history))
        return;
    for (size_t i = 0; i < count; i++) {
        size_t index = history_value_say(walk->history, i);
        const struct event copy = *trace_at(trace, index), *event = &copy;

        web_track_add(&who, event->t_ns,
                      event->task == EVENT_NO_TASK ? -1 : (int)event->task);
        web_track_add(
            &what, event->t_ns,
            web_walk_text(walk, history_value_text(walk->history, index)));
    }
    web_track_write(json, "sayer", &who);
    web_track_write(json, "said", &what);
    web_track_fini(&who);
    web_track_fini(&what);
}
