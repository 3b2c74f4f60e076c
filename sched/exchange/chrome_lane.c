/*
 * chrome_lane.c -- which lane an event belongs to, when it was, and what lanes
 * are called.
 *
 * Threads are told apart by pid and tid, whatever those are; asynchronous slices
 * by pid, category and id. Names come as metadata anywhere in the file.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sched/exchange/chrome_internal.h"
#include "sched/exchange/fixed_point.h"
#include "sched/exchange/state_word.h"

enum {
    TIME_DIGITS = 3 /* microseconds become nanoseconds */
};

void chrome_remark(struct chrome_reader *chrome,
                   enum journal_remark_kind remark)
{
    int line, column;

    json_record_place(chrome->reader, &line, &column);
    journal_remark(chrome->journal, remark, line, column);
}

/* --- lanes ---------------------------------------------------------------- */

/* A new one has no name yet: other says whose it may take. */
uint32_t chrome_thread(struct chrome_reader *chrome)
{
    const struct json_value *value = chrome->value;
    char key[CHROME_KEY_BYTES];
    uint32_t lane, process;
    struct journal_lane *known;

    snprintf(key, sizeof key, "T%.80s/%.80s", value[PID].text, value[TID].text);
    lane = journal_lane(chrome->journal, key);
    if (lane == JOURNAL_NO_LANE)
        return lane;
    known = journal_lane_at(chrome->journal, lane);
    if (known->label >= 0 || !value[TID].length)
        return lane;
    snprintf(key, sizeof key, "P%.80s", value[PID].text);
    process = journal_lane(chrome->journal, key);
    known = journal_lane_at(chrome->journal, lane);
    known->other = process;
    known->label = journal_word(chrome->journal, value[TID].text);
    return lane;
}

static uint32_t process_lane(struct chrome_reader *chrome)
{
    char key[CHROME_KEY_BYTES];

    snprintf(key, sizeof key, "P%.80s", chrome->value[PID].text);
    return journal_lane(chrome->journal, key);
}

/* An id like 0x1f becomes a number people can read. */
static int id_word(struct chrome_reader *chrome, const char *id)
{
    char text[32];
    char *end;
    unsigned long long number;

    if (id[0] != '0' || id[1] != 'x' || strlen(id) > 18)
        return journal_word(chrome->journal, id);
    number = strtoull(id, &end, 16);
    if (*end)
        return journal_word(chrome->journal, id);
    snprintf(text, sizeof text, "%llu", number);
    return journal_word(chrome->journal, text);
}

const struct json_value *chrome_id(const struct chrome_reader *chrome)
{
    const struct json_value *value = chrome->value;

    return value[ID].length         ? &value[ID]
           : value[ID_LOCAL].length ? &value[ID_LOCAL]
                                    : &value[ID_GLOBAL];
}

uint32_t chrome_async(struct chrome_reader *chrome)
{
    const struct json_value *value = chrome->value;
    const char *id = chrome_id(chrome)->text;
    char key[CHROME_KEY_BYTES];
    struct journal_lane *known;
    uint32_t lane;

    if (!*id) {
        chrome_remark(chrome, REMARK_NO_ID);
        return JOURNAL_NO_LANE;
    }
    snprintf(key, sizeof key, "A%.40s/%.60s/%.80s", value[PID].text,
             value[CATEGORY].text, id);
    lane = journal_lane(chrome->journal, key);
    if (lane == JOURNAL_NO_LANE) {
        chrome_remark(chrome, REMARK_LANES);
        return lane;
    }
    known = journal_lane_at(chrome->journal, lane);
    known->is_async = true;
    if (known->name < 0)
        known->name = journal_word(chrome->journal, value[NAME].text);
    if (known->label < 0)
        known->label = id_word(chrome, id);
    return lane;
}

/* --- moments -------------------------------------------------------------- */

bool chrome_time(struct chrome_reader *chrome, enum chrome_wanted which,
                 enum journal_remark_kind missing, int64_t *ns)
{
    const struct json_value *value = &chrome->value[which];

    if (value->kind == JSON_ABSENT) {
        chrome_remark(chrome, missing);
        return false;
    }
    if (fixed_point_read(value->text, value->length, TIME_DIGITS, ns))
        return true;
    chrome_remark(chrome, REMARK_BAD_TIME);
    return false;
}

struct journal_moment chrome_moment(int64_t t_ns, uint32_t lane,
                                    enum journal_kind kind)
{
    return (struct journal_moment){ .t_ns = t_ns,
                                    .lane = lane,
                                    .kind = (uint8_t)kind,
                                    .object = -1,
                                    .place = JOURNAL_NO_PLACE };
}

void chrome_add(struct chrome_reader *chrome, struct journal_moment moment)
{
    if (moment.lane == JOURNAL_NO_LANE)
        chrome_remark(chrome, REMARK_LANES);
    else if (!journal_add(chrome->journal, moment))
        chrome->more = false;
}

/* --- names ---------------------------------------------------------------- */

void chrome_read_name(struct chrome_reader *chrome)
{
    uint32_t lane;
    int word;

    if (chrome_is(chrome, NAME, "thread_name"))
        lane = chrome_thread(chrome);
    else if (chrome_is(chrome, NAME, "process_name"))
        lane = process_lane(chrome);
    else
        return;
    word = journal_word(chrome->journal, chrome->value[ARGS_NAME].text);
    if (lane != JOURNAL_NO_LANE && word >= 0)
        journal_lane_at(chrome->journal, lane)->name = word;
}

/* Who has no name is called as its process is. In a file of ours, machines and
 * those who wait for somebody know tasks by their names. */
void chrome_name_lanes(struct chrome_reader *chrome)
{
    struct journal *journal = chrome->journal;
    uint32_t lanes = journal_lanes(journal);

    for (uint32_t i = 0; i < lanes; i++) {
        struct journal_lane *lane = journal_lane_at(journal, i);

        if (journal_key(journal, i)[0] != 'T' || !lane->used)
            continue;
        if (lane->name < 0 && lane->other != JOURNAL_NO_LANE)
            lane->name = journal_lane_at(journal, lane->other)->name;
        if (lane->name < 0)
            lane->name = journal_word(journal, "thread");
        if (!chrome->ours || !lane->has_states)
            continue;
        lane->served_as = lane->name;
        state_word_is_called(journal, journal_text(journal, lane->name), i);
    }
}
