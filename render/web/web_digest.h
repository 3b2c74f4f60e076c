/*
 * web_digest.h -- the sum by which a page tells its own script from any other.
 */
#ifndef CONCVIZ_RENDER_WEB_WEB_DIGEST_H
#define CONCVIZ_RENDER_WEB_WEB_DIGEST_H

#include <stddef.h>

enum {
    WEB_DIGEST_SIZE = 45 /* 44 letters and a NUL */
};

/* Write the SHA-256 sum of length bytes (FIPS 180-4) in base64. Any thread. */
void web_digest_sha256(char out[WEB_DIGEST_SIZE], const void *bytes,
                       size_t length);

#endif
