/*
 * chrome_read.h -- Chrome Trace Event JSON into a journal.
 *
 * The format is that of the document "Trace Event Format" (Chromium), as
 * Perfetto, catapult and speedscope read it.
 */
#ifndef CONCVIZ_SCHED_EXCHANGE_CHROME_READ_H
#define CONCVIZ_SCHED_EXCHANGE_CHROME_READ_H

struct input;
struct journal;

/* Read to the end, or as far as it goes: remarks say so. */
void chrome_read(struct journal *journal, struct input *input);

#endif
