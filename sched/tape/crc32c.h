/*
 * crc32c.h -- the check sum of blocks.
 */
#ifndef CONCVIZ_SCHED_TAPE_CRC32C_H
#define CONCVIZ_SCHED_TAPE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32C (Castagnoli; RFC 3720, appendix B.4) of length bytes. Any thread. */
uint32_t crc32c(const void *bytes, size_t length);

#endif
