/*
 * web_base64.c -- three bytes are four letters; what is missing at the end is
 * told by "=".
 */
#include "render/web/web_base64.h"

#include <stdint.h>

size_t web_base64_length(size_t length)
{
    return (length + 2) / 3 * 4;
}

void web_base64(char *out, const unsigned char *bytes, size_t length)
{
    static const char letter[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < length; i += 3) {
        uint32_t three = (uint32_t)bytes[i] << 16;

        three |= i + 1 < length ? (uint32_t)bytes[i + 1] << 8 : 0;
        three |= i + 2 < length ? bytes[i + 2] : 0;
        for (size_t j = 0; j < 4; j++)
            *out++ = i + j > length ? '=' : letter[three >> (18 - 6 * j) & 63];
    }
    *out = '\0';
}
