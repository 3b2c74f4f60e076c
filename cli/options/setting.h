/*
 * setting.h -- a mode and its options as one text, as in
 * compare --with 'threads --slice 20'.
 */
#ifndef CONCVIZ_CLI_OPTIONS_SETTING_H
#define CONCVIZ_CLI_OPTIONS_SETTING_H

#include <stdbool.h>

struct diag;
struct options;

/*
 * Write into own what base says, changed as text says: its first word is the
 * mode (own->mode), the rest are options for a run of that mode. Within quotes,
 * single or double, a space is no end of a word. own has no words and no texts,
 * so there is nothing to free. Returns false with diag filled, which does not
 * quote text. Main thread.
 */
bool setting_read(struct options *own, const char *text,
                  const struct options *base, struct diag *diag);

#endif
