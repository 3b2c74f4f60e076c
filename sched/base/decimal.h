/*
 * decimal.h -- numbers as text, the same in every locale. Any thread.
 */
#ifndef CONCVIZ_SCHED_BASE_DECIMAL_H
#define CONCVIZ_SCHED_BASE_DECIMAL_H

#include <stdint.h>

struct strbuf;

/* Append a whole number. */
void decimal_int(struct strbuf *buf, int64_t value);
void decimal_uint(struct strbuf *buf, uint64_t value);

/* Append ns as milliseconds: the shortest decimal that is exact, "200.7". */
void decimal_ms(struct strbuf *buf, int64_t ns);

/* Append ns as seconds, with `least` to `most` decimals (at most 9) and no
 * zeros at the end beyond the least, "0.200"; what is smaller is cut off, so
 * that no time is shown before it has come. */
void decimal_seconds(struct strbuf *buf, int64_t ns, int least, int most);

/* Append value rounded to `digits` decimals (at most 6), without zeros at the
 * end but with at least one decimal: "96.0". Not for values above 10^12. */
void decimal_real(struct strbuf *buf, double value, int digits);

#endif
