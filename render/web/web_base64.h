/*
 * web_base64.h -- bytes as text that can stand anywhere.
 */
#ifndef CONCVIZ_RENDER_WEB_WEB_BASE64_H
#define CONCVIZ_RENDER_WEB_WEB_BASE64_H

#include <stddef.h>

/* How many characters length bytes become. */
size_t web_base64_length(size_t length);

/* Write them and a NUL (RFC 4648, section 4). Any thread. */
void web_base64(char *out, const unsigned char *bytes, size_t length);

#endif
