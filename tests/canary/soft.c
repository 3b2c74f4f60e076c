/* A seeded mistake: a program without any hardening, and with memory that can be
 * written and executed. tests/hardened.test must notice each of it. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static void fill(char *text)
{
    char large[100000];

    memset(large, text[0], sizeof large);
    strcpy(text, large + sizeof large - 1);
}

int main(void)
{
    char text[100000] = "";

    mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    fill(text);
    puts("begun");
    fflush(stdout);
    return getchar() == 0;
}
