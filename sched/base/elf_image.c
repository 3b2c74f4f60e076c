/*
 * elf_image.c -- a file in memory, and bounds.
 */
#include "sched/base/elf_image.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool elf_image_open(struct elf_image *image, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    void *memory = MAP_FAILED;
    struct stat status;

    if (file < 0)
        return false;
    if (fstat(file, &status) == 0 && status.st_size > 0)
        memory = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE,
                      file, 0);
    close(file);
    if (memory == MAP_FAILED)
        return false;
    *image = (struct elf_image){ memory, (size_t)status.st_size };
    return true;
}

void elf_image_close(const struct elf_image *image)
{
    munmap((void *)(uintptr_t)image->byte, image->bytes);
}

static bool is_inside(const struct elf_image *image, uint64_t at,
                      uint64_t bytes)
{
    return at <= image->bytes && bytes <= image->bytes - at;
}

const void *elf_image_part(const struct elf_image *image, uint64_t at,
                           uint64_t bytes)
{
    if (!is_inside(image, at, bytes) || at % 8 != 0)
        return NULL;
    return image->byte + at;
}

const Elf64_Ehdr *elf_image_head(const struct elf_image *image)
{
    const Elf64_Ehdr *head = elf_image_part(image, 0, sizeof *head);

    return head && memcmp(head->e_ident, ELFMAG, SELFMAG) == 0 ? head : NULL;
}

bool elf_image_section(struct elf_image *inside, const struct elf_image *image,
                       const Elf64_Shdr *section)
{
    if (!is_inside(image, section->sh_offset, section->sh_size))
        return false;
    *inside = (struct elf_image){ image->byte + section->sh_offset,
                                  (size_t)section->sh_size };
    return true;
}
