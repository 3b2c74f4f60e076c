/* A seeded bug: memory nobody frees. LeakSanitizer must report it. */
#include <stdlib.h>

static void *volatile kept;

int main(void)
{
    kept = malloc(77);
    kept = NULL;
    return 0;
}
