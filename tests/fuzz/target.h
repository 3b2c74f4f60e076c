/*
 * target.h -- what the targets of fuzzers share.
 */
#ifndef CONCVIZ_TESTS_FUZZ_TARGET_H
#define CONCVIZ_TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

struct trace;

/* What a fuzzer calls: each target has its own. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, which is how a fuzzer is told, unless it is true. */
void target_demand(int condition);

/*
 * The path of a file that has these bytes: the same file in memory each time,
 * since making one takes longer than most readers. Nobody may have it open any
 * more when the next is asked for. target_add adds bytes at its end.
 */
const char *target_file(const uint8_t *data, size_t size);
void target_add(const void *data, size_t size);

/* Everybody of a trace that has ended is somewhere at each instant, at a machine
 * that exists, time does not go back, and each event can be told. */
void target_look_at(const struct trace *trace);

#endif
