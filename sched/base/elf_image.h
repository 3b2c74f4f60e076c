/*
 * elf_image.h -- a program or library as it lies in its file (64 bits).
 *
 * A damaged file must not bring us down: what is read of it is inside it.
 */
#ifndef CONCVIZ_SCHED_BASE_ELF_IMAGE_H
#define CONCVIZ_SCHED_BASE_ELF_IMAGE_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct elf_image {
    const char *byte;
    size_t bytes;
};

/* Look at a file of any kind, until elf_image_close. Returns false if it cannot
 * be read, or is empty. */
bool elf_image_open(struct elf_image *image, const char *path);
void elf_image_close(const struct elf_image *image);

/* So many bytes at this offset, as an array of a type with 8 bytes alignment at
 * most; NULL: they are not inside, or not aligned. */
const void *elf_image_part(const struct elf_image *image, uint64_t at,
                           uint64_t bytes);

/* Its head, or NULL: it is not ELF. */
const Elf64_Ehdr *elf_image_head(const struct elf_image *image);

/* What lies in a section, of any alignment. Returns false if it is not inside
 * the image. */
bool elf_image_section(struct elf_image *inside, const struct elf_image *image,
                       const Elf64_Shdr *section);

#endif
