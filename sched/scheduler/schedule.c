/*
 * schedule.c -- schedules as text, and back.
 *
 * A code is bytes written in base 32 (five bits a letter):
 *
 *     1  version and kind      3  hash of the workload, or of a program
 *     2  a program's: hash of what it was given
 *     …  the departures: how many decisions until the next one, which choice
 *     2  check sum over all before
 *
 * Numbers of departures are small, so each takes a byte: seven bits, and the
 * eighth says that more follow. The alphabet is Crockford's base 32: it has no
 * I, L, O or U, and reads small letters, and I, L, O as 1, 1, 0.
 */
#include "sched/scheduler/schedule.h"

#include <stdlib.h>
#include <string.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "sched/base/xalloc.h"
#include "sched/scheduler/run_options.h"
#include "sched/trace/mode.h"
#include "sched/workload/workload.h"
#include "sched/workload/workload_print.h"

enum {
    CODE_VERSION = 1,
    CODE_PROGRAM = 2, /* instead, where it is of a program */
    HEAD_BYTES = 4,
    INPUT_BYTES = 2,
    SUM_BYTES = 2,
    NUMBER_BYTES = 5, /* seven bits of 32 each */
    CODE_LETTERS_MAX = 16 * SCHEDULE_DEPARTURES_MAX,
};

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void schedule_init(struct schedule *schedule, const struct workload *workload,
                   bool preemptive)
{
    *schedule = (struct schedule){
        .preemptive = preemptive,
        .workload = schedule_hash(workload),
    };
}

void schedule_init_program(struct schedule *schedule,
                           const struct schedule_program *program)
{
    *schedule = (struct schedule){
        .preemptive = true,
        .workload = program->code & 0xffffff,
        .program = true,
        .input = program->input & 0xffff,
    };
}

void schedule_fini(struct schedule *schedule)
{
    free(schedule->departure);
    schedule->departure = NULL;
    schedule->count = schedule->room = 0;
}

void schedule_add(struct schedule *schedule, uint32_t at, uint32_t choice)
{
    schedule->departure = xgrow(schedule->departure, schedule->count,
                                &schedule->room, sizeof *schedule->departure);
    schedule->departure[schedule->count++] = (struct departure){ at, choice };
}

/* Not to resist anybody: it only has to notice typing mistakes and other
 * files. */
static uint64_t hash_bytes(const char *byte, size_t count)
{
    uint64_t hash = count;

    for (size_t i = 0; i < count; i++)
        hash = random_mix(hash + UINT64_C(0x9e3779b97f4a7c15) +
                          (unsigned char)byte[i]);
    return hash;
}

/* Eight bytes at a time: programs are large. */
uint64_t schedule_mix(uint64_t hash, const void *bytes, size_t count)
{
    const char *byte = bytes;
    uint64_t word;

    for (; count >= sizeof word; count -= sizeof word, byte += sizeof word) {
        memcpy(&word, byte, sizeof word);
        hash = random_mix((hash ^ word) + UINT64_C(0x9e3779b97f4a7c15));
    }
    return random_mix(hash + hash_bytes(byte, count));
}

/* Over the canonical text, so that a comment more does not break old codes. */
uint32_t schedule_hash(const struct workload *workload)
{
    struct strbuf text;
    uint64_t hash;

    strbuf_init(&text);
    workload_print(&text, workload);
    if (workload->task_count > 0 && workload->task[0].program != NULL)
        strbuf_adds(&text, workload->name); /* what C does is not printed */
    hash = hash_bytes(text.text, text.length);
    strbuf_fini(&text);
    return (uint32_t)(hash & 0xffffff);
}

/* --- writing -------------------------------------------------------------- */

static void add_byte(struct strbuf *bytes, uint32_t byte)
{
    strbuf_addc(bytes, (char)(unsigned char)byte);
}

/* Seven bits a byte, lowest first; the eighth says that more follow. */
static void add_number(struct strbuf *bytes, uint32_t number)
{
    while (number >= 0x80) {
        add_byte(bytes, number % 0x80 + 0x80);
        number /= 0x80;
    }
    add_byte(bytes, number);
}

/* Eight bits in, five bits out; what is left at the end is filled up with
 * zeros. */
static void add_letters(struct strbuf *code, const struct strbuf *bytes)
{
    uint32_t bits = 0;
    int count = 0;

    for (size_t i = 0; i < bytes->length; i++) {
        bits = bits << 8 | (unsigned char)bytes->text[i];
        for (count += 8; count >= 5; count -= 5)
            strbuf_addc(code, alphabet[bits >> (count - 5) & 31]);
        bits &= (1U << count) - 1;
    }
    if (count > 0)
        strbuf_addc(code, alphabet[bits << (5 - count) & 31]);
}

/* Distances between departures are smaller than their positions, so they are
 * what is written. */
void schedule_encode(struct strbuf *code, const struct schedule *schedule)
{
    struct strbuf bytes;
    uint32_t after = 0;
    uint64_t sum;

    strbuf_init(&bytes);
    add_byte(
        &bytes,
        (schedule->program ? (uint32_t)CODE_PROGRAM : (uint32_t)CODE_VERSION)
                << 1 |
            (uint32_t)schedule->preemptive);
    for (int shift = 16; shift >= 0; shift -= 8)
        add_byte(&bytes, schedule->workload >> shift & 0xff);
    for (int shift = 8; schedule->program && shift >= 0; shift -= 8)
        add_byte(&bytes, schedule->input >> shift & 0xff);
    for (size_t i = 0; i < schedule->count; i++) {
        add_number(&bytes, schedule->departure[i].at - after);
        add_number(&bytes, schedule->departure[i].choice);
        after = schedule->departure[i].at + 1;
    }
    sum = hash_bytes(bytes.text, bytes.length);
    add_byte(&bytes, sum >> 8 & 0xff);
    add_byte(&bytes, sum & 0xff);
    add_letters(code, &bytes);
    strbuf_fini(&bytes);
}

/* --- reading -------------------------------------------------------------- */

/* The value of a letter, -1: it is none; -2: it may stand between letters. */
static int letter_value(char c)
{
    const char *found;

    if (c == '-' || c == ' ')
        return -2;
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    found = c ? strchr(alphabet, c) : NULL;
    return found ? (int)(found - alphabet) : -1;
}

/* Bits left over at the end must be zero: a code has one spelling. */
static bool read_letters(struct strbuf *bytes, const char *code)
{
    uint32_t bits = 0;
    int count = 0;

    if (strlen(code) > CODE_LETTERS_MAX)
        return false;
    for (; *code; code++) {
        int value = letter_value(*code);

        if (value == -2)
            continue;
        if (value < 0)
            return false;
        bits = bits << 5 | (uint32_t)value;
        count += 5;
        if (count >= 8) {
            count -= 8;
            add_byte(bytes, bits >> count & 0xff);
            bits &= (1U << count) - 1;
        }
    }
    return count < 5 && bits == 0;
}

static uint32_t byte_at(const struct strbuf *bytes, size_t i)
{
    return (unsigned char)bytes->text[i];
}

/* Checked first of all: anything else would complain about a mere typing
 * mistake in misleading words. */
static bool sum_is_right(const struct strbuf *bytes)
{
    size_t end = bytes->length - SUM_BYTES;
    uint64_t sum = hash_bytes(bytes->text, end);

    return byte_at(bytes, end) == (sum >> 8 & 0xff) &&
           byte_at(bytes, end + 1) == (sum & 0xff);
}

/* None longer than need be, as every code has one spelling. */
static bool read_number(const struct strbuf *bytes, size_t *place, size_t end,
                        uint32_t *number)
{
    uint64_t value = 0;

    for (int i = 0; i < NUMBER_BYTES && *place < end; i++) {
        uint32_t byte = byte_at(bytes, (*place)++);

        value |= (uint64_t)(byte & 0x7f) << 7 * i;
        if (byte < 0x80) {
            *number = (uint32_t)value;
            return value <= INT32_MAX && (byte > 0 || i == 0);
        }
    }
    return false;
}

/* Everything that schedule_encode cannot have written is refused. */
static bool read_departures(struct schedule *schedule,
                            const struct strbuf *bytes, size_t place)
{
    size_t end = bytes->length - SUM_BYTES;
    uint64_t at = 0;

    while (place < end) {
        uint32_t more, choice;

        if (!read_number(bytes, &place, end, &more) ||
            !read_number(bytes, &place, end, &choice) || choice == 0 ||
            at + more > INT32_MAX || schedule->count == SCHEDULE_DEPARTURES_MAX)
            return false;
        schedule_add(schedule, (uint32_t)(at + more), choice);
        at += (uint64_t)more + 1;
    }
    return true;
}

/* Is it a code at all, of a version that can be read? */
static bool read_head(struct schedule *schedule, const struct strbuf *bytes,
                      struct diag *diag)
{
    if (bytes->length < HEAD_BYTES + SUM_BYTES || !sum_is_right(bytes)) {
        diag_set(diag, NULL, 0, 0,
                 _("this is not a schedule code, or a letter in it is "
                   "wrong: copy it exactly as concviz explore printed it"));
        return false;
    }
    schedule->program = byte_at(bytes, 0) >> 1 == CODE_PROGRAM &&
                        bytes->length >= HEAD_BYTES + INPUT_BYTES + SUM_BYTES;
    if (!schedule->program && byte_at(bytes, 0) >> 1 != CODE_VERSION) {
        diag_set(diag, NULL, 0, 0,
                 _("this schedule code comes from another version of "
                   "concviz: find it again with concviz explore"));
        return false;
    }
    schedule->preemptive = byte_at(bytes, 0) & 1;
    schedule->workload = byte_at(bytes, 1) << 16 | byte_at(bytes, 2) << 8 |
                         byte_at(bytes, 3);
    if (schedule->program)
        schedule->input = byte_at(bytes, 4) << 8 | byte_at(bytes, 5);
    return true;
}

static bool is_of_workload(const struct schedule *schedule,
                           const struct workload *workload, struct diag *diag)
{
    if (schedule->program)
        diag_set(diag, NULL, 0, 0,
                 _("this schedule code belongs to a program: concviz coroutine "
                   "--schedule CODE -- COMMAND"));
    else if (schedule->workload != schedule_hash(workload))
        diag_set(diag, NULL, 0, 0,
                 _("this schedule code belongs to another workload, not "
                   "to %s, or to another version of it"),
                 workload->name);
    else
        return true;
    return false;
}

static bool is_of_program(const struct schedule *schedule,
                          const struct schedule_program *program,
                          const char *name, struct diag *diag)
{
    if (!schedule->program)
        diag_set(diag, NULL, 0, 0,
                 _("this schedule code belongs to a workload, not to a "
                   "program"));
    else if (schedule->workload != (program->code & 0xffffff))
        diag_set(diag, NULL, 0, 0,
                 _("this schedule code belongs to another program, or %s has "
                   "been changed since: find it again with concviz explore"),
                 name);
    else if (schedule->input != (program->input & 0xffff))
        diag_set(diag, NULL, 0, 0,
                 _("this schedule code was found with other arguments or "
                   "another input of %s: give it the same again"),
                 name);
    else
        return true;
    return false;
}

/* From the general to the particular: is it a code, of this version, of this
 * workload or program (the other is NULL), and does it make sense? */
static bool read_bytes(struct schedule *schedule, const struct strbuf *bytes,
                       const struct workload *workload,
                       const struct schedule_program *program, const char *name,
                       struct diag *diag)
{
    if (!read_head(schedule, bytes, diag) ||
        !(workload ? is_of_workload(schedule, workload, diag)
                   : is_of_program(schedule, program, name, diag)))
        return false;
    if (read_departures(schedule, bytes,
                        schedule->program ? HEAD_BYTES + INPUT_BYTES
                                          : HEAD_BYTES))
        return true;
    diag_set(diag, NULL, 0, 0, _("this schedule code makes no sense"));
    return false;
}

/* A text that is no code at all becomes an empty one, which is refused. */
static bool read_code(struct schedule *schedule, const char *code,
                      const struct workload *workload,
                      const struct schedule_program *program, const char *name,
                      struct diag *diag)
{
    struct strbuf bytes;
    bool good;

    *schedule = (struct schedule){ .departure = NULL };
    strbuf_init(&bytes);
    if (!read_letters(&bytes, code))
        strbuf_clear(&bytes);
    good = read_bytes(schedule, &bytes, workload, program, name, diag);
    strbuf_fini(&bytes);
    if (!good)
        schedule_fini(schedule);
    return good;
}

bool schedule_decode(struct schedule *schedule, const char *code,
                     const struct workload *workload, struct diag *diag)
{
    return read_code(schedule, code, workload, NULL, NULL, diag);
}

bool schedule_decode_program(struct schedule *schedule, const char *code,
                             const struct schedule_program *program,
                             const char *name, struct diag *diag)
{
    return read_code(schedule, code, NULL, program, name, diag);
}

/* --- following ------------------------------------------------------------ */

/* A choice that does not exist here (the code is of another workload with the
 * same hash) is the last there is. */
static size_t decide(struct decision_source *source, size_t count, bool stops)
{
    struct schedule_reader *reader = (struct schedule_reader *)source;
    const struct schedule *schedule = reader->schedule;
    uint32_t at = reader->at++;
    size_t choice;

    (void)stops;
    if (reader->next == schedule->count ||
        schedule->departure[reader->next].at != at)
        return 0;
    choice = schedule->departure[reader->next++].choice;
    return choice < count ? choice : count - 1;
}

void schedule_reader_init(struct schedule_reader *reader,
                          const struct schedule *schedule)
{
    *reader = (struct schedule_reader){
        .source = { .decide = decide },
        .schedule = schedule,
    };
}

/* What could decide anything besides the schedule is switched off. */
void schedule_apply(struct run_options *options,
                    const struct schedule *schedule)
{
    options->schedule = schedule;
    options->machines = 1;
    options->slice_ns = 0;
    options->policy = POLICY_FIFO;
    options->preempted_last = false;
    options->lines_own = false;
    options->gil_ns = 0;
    options->switch_cost_ns = 0;
}

unsigned schedule_traits(const struct schedule *schedule)
{
    return schedule->preemptive ? PREEMPTIVE | REPEATABLE : REPEATABLE;
}
