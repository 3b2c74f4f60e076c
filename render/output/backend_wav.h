/*
 * backend_wav.h -- a run as something to listen to.
 *
 * Every task has a pitch and sounds while it computes: one machine can only
 * play a melody, two machines play chords, waiting is silent.
 */
#ifndef CONCVIZ_RENDER_OUTPUT_BACKEND_WAV_H
#define CONCVIZ_RENDER_OUTPUT_BACKEND_WAV_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct history;

enum {
    WAV_RATE = 22050, /* samples a second */
    WAV_HEADER_BYTES = 44,
    WAV_BLOCK = 64,        /* samples; how finely it is listened: 2.9 ms */
    WAV_SECONDS_MAX = 600, /* no file is longer */
    WAV_PITCHES = 15       /* task t has the pitch t % WAV_PITCHES */
};

/* The pitch of a task in Hz: the scale C D E G A over three octaves from the
 * middle C (equal temperament, A = 440 Hz), neighbours being thirds apart. */
double backend_wav_pitch(int task);

/*
 * Write an ended history as a RIFF/WAVE file: PCM, one channel, 16 bits,
 * little-endian. A second of the run lasts 1 / speed seconds; a last block
 * fades out. What is beyond WAV_SECONDS_MAX is left out, and *cut says so;
 * whole blocks are written. Returns 0 or a negative errno; file stays open and
 * is flushed.
 */
int backend_wav(FILE *file, const struct history *history, double speed,
                bool *cut);

#endif
