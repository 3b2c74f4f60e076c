/*
 * backend_wav.c -- which pitches sound in each block, and how loud.
 *
 * Listening is done in blocks of WAV_BLOCK samples. For every block and every
 * pitch there is a share: how much of the block tasks of that pitch computed,
 * added up over the machines. The loudness of a pitch goes in a straight line
 * from one block's share to the next one's, and its wave never stops, so there
 * is no click, however short the stretches are. Tasks that take turns faster
 * than a block are all heard, each more quietly: that is what they are.
 *
 *     computes      ______|~~~~~~~~~~|________
 *     loudness      ______/~~~~~~~~~~\________    a block late, at most two
 *
 * All shares of an instant add up to the number of machines that work, so the
 * largest number that ever worked decides how loud one may be: nothing clips.
 *
 * The arithmetic is double for shares and for the table of the sine, and 32-bit
 * unsigned for phases, which wrap around by themselves.
 */
#include "render/output/backend_wav.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sched/base/clock.h"
#include "sched/base/xalloc.h"
#include "sched/history/history.h"

enum {
    TABLE_BITS = 10,
    TABLE_SIZE = 1 << TABLE_BITS,
    LOUDEST = 30000 /* of 32767 */
};

/* Of the scale from the middle C, in Hz; three octaves. */
static const double scale[WAV_PITCHES] = {
    261.626, 329.628, 440.000, 293.665,  391.995,  523.251,  659.255, 880.000,
    587.330, 783.991, 1046.50, 1318.510, 1760.000, 1174.659, 1567.982
};

struct voice {
    uint32_t phase, step;
    double loudness, target; /* in machines */
};

struct listener {
    const struct history *history;
    double ns_per_sample;
    int64_t blocks; /* of the run, the fading not counted */
    double unit;    /* loudness of one machine */
    double sine[TABLE_SIZE];
    struct voice voice[WAV_PITCHES];
    size_t *next; /* by machine: the stretch listened to */
};

double backend_wav_pitch(int task)
{
    return scale[task % WAV_PITCHES];
}

/* One turn in TABLE_SIZE steps: sin((n + 1) d) = 2 cos(d) sin(n d) -
 * sin((n - 1) d), with d = 2 pi / 1024. */
static void fill_sine(double *sine)
{
    const double sin_d = 0.006135884649154475;
    const double two_cos_d = 1.9999623505652022;

    sine[0] = 0;
    sine[1] = sin_d;
    for (int i = 2; i < TABLE_SIZE; i++)
        sine[i] = two_cos_d * sine[i - 1] - sine[i - 2];
}

static double wave(const struct listener *listener, struct voice *voice)
{
    double value = listener->sine[voice->phase >> (32 - TABLE_BITS)];

    voice->phase += voice->step;
    return value;
}

static void listener_init(struct listener *listener,
                          const struct history *history, double speed,
                          bool *cut)
{
    int most = history_max_working(history);
    double samples;

    *listener = (struct listener){ .history = history };
    listener->ns_per_sample = (double)NS_PER_S * speed / WAV_RATE;
    samples = (double)history_end(history) / listener->ns_per_sample;
    *cut = samples > (double)WAV_RATE * WAV_SECONDS_MAX;
    samples = *cut ? (double)WAV_RATE * WAV_SECONDS_MAX : samples;
    listener->blocks = (int64_t)(samples / WAV_BLOCK);
    listener->blocks += (double)listener->blocks * WAV_BLOCK < samples;
    listener->next = xcalloc((size_t)history_machines(history),
                             sizeof *listener->next);
    listener->unit = (double)LOUDEST / (most > 2 ? most : 2);
    fill_sine(listener->sine);
    for (int i = 0; i < WAV_PITCHES; i++)
        listener->voice[i].step = (uint32_t)(scale[i] / WAV_RATE *
                                             4294967296.0);
}

/* --- listening ------------------------------------------------------------ */

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Add what one machine did from a to b, and remember where that was. */
static void hear_machine(struct listener *listener, int machine, int64_t a_ns,
                         int64_t b_ns)
{
    size_t count = history_services(listener->history, machine);
    size_t *next = &listener->next[machine];

    for (; *next < count; ++*next) {
        struct service service = history_service(listener->history, machine,
                                                 *next);
        int64_t from = most(service.from_ns, a_ns);
        int64_t to = least(service.to_ns, b_ns);

        if (service.kind == SERVICE_BUSY && to > from)
            listener->voice[service.task % WAV_PITCHES]
                .target += (double)(to - from) / (double)(b_ns - a_ns);
        if (service.to_ns > b_ns || service.from_ns >= b_ns)
            break;
    }
}

static void hush(struct listener *listener)
{
    for (int i = 0; i < WAV_PITCHES; i++)
        listener->voice[i].target = 0;
}

static void hear(struct listener *listener, int64_t sample)
{
    int machines = history_machines(listener->history);
    int64_t a = (int64_t)((double)sample * listener->ns_per_sample);
    int64_t b = (int64_t)((double)(sample + WAV_BLOCK) *
                          listener->ns_per_sample);

    hush(listener);
    for (int i = 0; i < machines && b > a; i++)
        hear_machine(listener, i, a, b);
}

/* --- sounding ------------------------------------------------------------- */

static void add_voice(struct listener *listener, struct voice *voice,
                      double *sum)
{
    double step = (voice->target - voice->loudness) / WAV_BLOCK;

    for (int i = 0; i < WAV_BLOCK; i++)
        sum[i] += wave(listener, voice) * (voice->loudness + step * (i + 1));
    voice->loudness = voice->target;
}

static int16_t clip(double value)
{
    return (int16_t)(value > 32767 ? 32767 : value < -32767 ? -32767 : value);
}

static void put16(unsigned char *out, unsigned value)
{
    out[0] = (unsigned char)value;
    out[1] = (unsigned char)(value >> 8);
}

static void put32(unsigned char *out, uint32_t value)
{
    put16(out, value & 0xFFFF);
    put16(out + 2, value >> 16);
}

/* Returns whether it could be written. */
static bool sound_block(struct listener *listener, FILE *file)
{
    double sum[WAV_BLOCK] = { 0 };
    unsigned char bytes[WAV_BLOCK * 2];

    for (int i = 0; i < WAV_PITCHES; i++) {
        struct voice *voice = &listener->voice[i];

        if (voice->loudness > 0 || voice->target > 0)
            add_voice(listener, voice, sum);
    }
    for (int i = 0; i < WAV_BLOCK; i++)
        put16(bytes + 2 * i, (unsigned)clip(sum[i] * listener->unit) & 0xFFFF);
    return fwrite(bytes, 2, WAV_BLOCK, file) == WAV_BLOCK;
}

/* As in "Multimedia Programming Interface and Data Specifications 1.0", IBM
 * and Microsoft 1991: a RIFF chunk that holds "fmt " and "data". */
static bool write_header(FILE *file, int64_t samples)
{
    uint32_t bytes = (uint32_t)samples * 2;
    unsigned char header[WAV_HEADER_BYTES];

    memcpy(header, "RIFF....WAVEfmt ", 16);
    put32(header + 4, WAV_HEADER_BYTES - 8 + bytes);
    put32(header + 16, 16);
    put16(header + 20, 1); /* PCM */
    put16(header + 22, 1); /* channels */
    put32(header + 24, WAV_RATE);
    put32(header + 28, WAV_RATE * 2); /* bytes a second */
    put16(header + 32, 2);            /* bytes a sample */
    put16(header + 34, 16);           /* bits a sample */
    memcpy(header + 36, "data", 4);
    put32(header + 40, bytes);
    return fwrite(header, 1, sizeof header, file) == sizeof header;
}

int backend_wav(FILE *file, const struct history *history, double speed,
                bool *cut)
{
    struct listener listener;
    bool good;

    listener_init(&listener, history, speed, cut);
    errno = 0;
    good = write_header(file, (listener.blocks + 1) * WAV_BLOCK);
    for (int64_t i = 0; good && i <= listener.blocks; i++) {
        hear(&listener, i * WAV_BLOCK);
        if (i == listener.blocks) /* fade out, wherever it was cut */
            hush(&listener);
        good = sound_block(&listener, file);
    }
    free(listener.next);
    if (good && fflush(file) == 0)
        return 0;
    return errno ? -errno : -EIO;
}
