/*
 * web_digest.c -- SHA-256 as FIPS 180-4 describes it (sections 4.1.2, 5.1.1
 * and 6.2), for the few kilobytes of a page's own script and style.
 */
#include "render/web/web_digest.h"

#include <stdint.h>
#include <string.h>

#include "render/web/web_base64.h"

enum {
    ROUNDS = 64,
    WORDS = 8,
    BLOCK = 64 /* bytes */
};

/* The first 32 bits of the fractional parts of the cube roots of the first
 * primes (4.2.2), and of their square roots (5.3.3). */
static const uint32_t k[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static const uint32_t first[WORDS] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* --- one block ------------------------------------------------------------ */

static uint32_t turn(uint32_t x, int bits)
{
    return x >> bits | x << (32 - bits);
}

/* The words of a block, and those made of them (6.2.2, step 1). */
static void spread(uint32_t w[ROUNDS], const unsigned char *block)
{
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < ROUNDS; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];

        w[i] = (turn(b, 17) ^ turn(b, 19) ^ b >> 10) + w[i - 7] +
               (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + w[i - 16];
    }
}

static void mix_block(uint32_t h[WORDS], const unsigned char *block)
{
    uint32_t w[ROUNDS], s[WORDS];

    spread(w, block);
    memcpy(s, h, sizeof s);
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t big1 = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25);
        uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
        uint32_t one = s[7] + big1 + choice + k[i] + w[i];
        uint32_t big0 = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22);
        uint32_t major = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);

        memmove(s + 1, s, (WORDS - 1) * sizeof *s);
        s[4] += one;
        s[0] = one + big0 + major;
    }
    for (int i = 0; i < WORDS; i++)
        h[i] += s[i];
}

/* --- the whole ------------------------------------------------------------ */

static void sum(unsigned char out[4 * WORDS], const unsigned char *bytes,
                size_t length)
{
    uint32_t h[WORDS];
    unsigned char last[2 * BLOCK] = { 0 };
    size_t rest = length % BLOCK, blocks = rest < BLOCK - 8 ? 1 : 2;
    uint64_t bits = (uint64_t)length * 8;

    memcpy(h, first, sizeof h);
    for (size_t at = 0; at + BLOCK <= length; at += BLOCK)
        mix_block(h, bytes + at);
    memcpy(last, bytes + (length - rest), rest);
    last[rest] = 0x80;
    for (size_t i = 0; i < 8; i++)
        last[blocks * BLOCK - 1 - i] = (unsigned char)(bits >> (8 * i));
    for (size_t i = 0; i < blocks; i++)
        mix_block(h, last + i * BLOCK);
    for (int i = 0; i < 4 * WORDS; i++)
        out[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}

void web_digest_sha256(char out[WEB_DIGEST_SIZE], const void *bytes,
                       size_t length)
{
    unsigned char digest[4 * WORDS];

    sum(digest, bytes, length);
    web_base64(out, digest, sizeof digest);
}
