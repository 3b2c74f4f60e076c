/*
 * crc32c.c -- a processor that has an instruction for it checks a block of
 * 64 KiB in 10 us; the table is for all others.
 */
#include "sched/tape/crc32c.h"

#include <string.h>

/* What four bits that leave the sum at its low end do to the rest of it. */
static const uint32_t of_four[16] = {
    0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3,
    0x61c69362, 0x7198540d, 0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
    0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
};

static uint32_t by_table(uint32_t sum, const uint8_t *byte, size_t length)
{
    for (; length > 0; length--) {
        sum ^= *byte++;
        sum = sum >> 4 ^ of_four[sum & 15];
        sum = sum >> 4 ^ of_four[sum & 15];
    }
    return sum;
}

#if defined(__x86_64__)

__attribute__((target("sse4.2"))) static uint32_t by_instruction(
    uint32_t sum, const uint8_t *byte, size_t length)
{
    uint64_t wide = sum, eight;

    for (; length >= sizeof eight; length -= sizeof eight) {
        memcpy(&eight, byte, sizeof eight);
        wide = __builtin_ia32_crc32di(wide, eight);
        byte += sizeof eight;
    }
    return by_table((uint32_t)wide, byte, length);
}

static uint32_t add(uint32_t sum, const uint8_t *byte, size_t length)
{
    if (__builtin_cpu_supports("sse4.2"))
        return by_instruction(sum, byte, length);
    return by_table(sum, byte, length);
}

#else

static uint32_t add(uint32_t sum, const uint8_t *byte, size_t length)
{
    return by_table(sum, byte, length);
}

#endif

uint32_t crc32c(const void *bytes, size_t length)
{
    return ~add(UINT32_MAX, bytes, length);
}
