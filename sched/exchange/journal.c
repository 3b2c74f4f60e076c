/*
 * journal.c -- moments in one growing array, and names under numbers.
 *
 * Whoever wrote the file decides how many names there are and how long; so all
 * of them are cut, and there is an end to their number.
 */
#include "sched/exchange/journal.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/arena.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/exchange/journal_internal.h"

struct journal *journal_new(const char *path)
{
    struct journal *journal = xcalloc(1, sizeof *journal);

    journal->path = xstrdup(path);
    journal->arena = arena_new();
    strbuf_init(&journal->source);
    names_init(&journal->keys);
    names_init(&journal->words);
    for (int i = 0; i < OBJECT_KINDS; i++)
        names_init(&journal->object[i]);
    return journal;
}

void journal_free(struct journal *journal)
{
    if (!journal)
        return;
    names_fini(&journal->keys);
    names_fini(&journal->words);
    for (int i = 0; i < OBJECT_KINDS; i++)
        names_fini(&journal->object[i]);
    free(journal->lane);
    free(journal->moment);
    free(journal->path);
    strbuf_fini(&journal->source);
    arena_free(journal->arena);
    free(journal);
}

/* --- names ---------------------------------------------------------------- */

/* The number of a name, as long as there are less than max; -1 for a new one
 * after that. What is not ASCII may be no UTF-8, and is cleaned. */
static int number_of(struct journal *journal, struct names *names,
                     const char *text, size_t max)
{
    char word[JOURNAL_WORD_BYTES];
    size_t length = strlen(text);
    const struct name *known;

    if (length >= sizeof word || !text_is_ascii(text, length)) {
        text_clean(word, sizeof word, text);
        text = word;
        length = strlen(word);
    }
    if (names->count < max)
        return names_number(names, journal->arena, text, length);
    known = names_find(names, text);
    return known ? (int)(known - names->entry) : -1;
}

uint32_t journal_lane(struct journal *journal, const char *key)
{
    size_t before = journal->keys.count;
    int number = number_of(journal, &journal->keys, key, JOURNAL_LANES_MAX);

    if (number < 0)
        return JOURNAL_NO_LANE;
    if ((size_t)number == before) {
        journal->lane = xgrow(journal->lane, before, &journal->lane_capacity,
                              sizeof *journal->lane);
        journal->lane[before] = (struct journal_lane){
            .name = -1, .label = -1, .served_as = -1, .other = JOURNAL_NO_LANE
        };
    }
    return (uint32_t)number;
}

struct journal_lane *journal_lane_at(struct journal *journal, uint32_t lane)
{
    return &journal->lane[lane];
}

uint32_t journal_lanes(const struct journal *journal)
{
    return (uint32_t)journal->keys.count;
}

const char *journal_key(const struct journal *journal, uint32_t lane)
{
    return journal->keys.entry[lane].text;
}

const char *journal_text(const struct journal *journal, int word)
{
    return word < 0 ? "" : journal->words.entry[word].text;
}

int journal_word(struct journal *journal, const char *text)
{
    int number = *text ? number_of(journal, &journal->words, text,
                                   JOURNAL_WORDS_MAX)
                       : -1;

    if (*text && number < 0)
        journal_remark(journal, REMARK_WORDS, 0, 0);
    return number;
}

int journal_object(struct journal *journal, enum array_kind kind,
                   const char *text)
{
    int number = number_of(journal, &journal->object[kind], text,
                           JOURNAL_WORDS_MAX);

    if (number < 0)
        journal_remark(journal, REMARK_WORDS, 0, 0);
    return number;
}

/* The last one asked for is the likeliest, and there are few. */
uint16_t journal_place(struct journal *journal, int64_t id, bool is_cpu)
{
    for (int i = 0; i < journal->places; i++)
        if (journal->place[i].id == id && journal->place[i].is_cpu == is_cpu)
            return (uint16_t)i;
    if (journal->places == JOURNAL_PLACES_MAX) {
        journal_remark(journal, REMARK_PLACES, 0, 0);
        return JOURNAL_NO_PLACE;
    }
    journal->place[journal->places] = (struct journal_place){ id, is_cpu };
    return (uint16_t)journal->places++;
}

/* --- moments -------------------------------------------------------------- */

bool journal_add(struct journal *journal, struct journal_moment moment)
{
    struct journal_lane *lane;

    if (moment.lane == JOURNAL_NO_LANE) {
        journal_remark(journal, REMARK_LANES, 0, 0);
        return true;
    }
    if (journal->moments == JOURNAL_MOMENTS_MAX) {
        journal_remark(journal, REMARK_MOMENTS, 0, 0);
        return false;
    }
    lane = &journal->lane[moment.lane];
    lane->used = true;
    lane->begins += moment.kind == MOMENT_BEGIN;
    lane->states += moment.kind == MOMENT_STATE;
    lane->has_states = lane->states > 0;
    lane->has_slices = lane->begins + lane->states > 0;
    journal->moment = xgrow(journal->moment, journal->moments,
                            &journal->moment_capacity, sizeof moment);
    moment.order = (uint32_t)journal->moments;
    journal->moment[journal->moments++] = moment;
    return true;
}

struct journal_moment *journal_last(struct journal *journal)
{
    return journal->moments ? &journal->moment[journal->moments - 1] : NULL;
}

size_t journal_moments(const struct journal *journal)
{
    return journal->moments;
}

/* A terminal must not obey it, and a program of any length does. */
void journal_add_source(struct journal *journal, const char *line)
{
    char clean[2 * JOURNAL_WORD_BYTES];

    if (journal->source.length < JOURNAL_SOURCE_MAX)
        strbuf_addf(&journal->source, "%s\n",
                    text_clean(clean, sizeof clean, line));
}

void journal_say_observed(struct journal *journal, enum observed observed)
{
    journal->observed = observed;
}

void journal_say_exit(struct journal *journal, int status, enum outcome how)
{
    journal->exited = true;
    journal->status = status;
    journal->how = how;
}

void journal_listen(struct journal *journal, struct trace_listener *listener)
{
    journal->listener = listener;
}

void journal_say_how(struct journal *journal, const char *mode, bool model)
{
    journal->mode = mode;
    journal->model = model;
}
