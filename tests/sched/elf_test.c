/*
 * elf_test.c -- programs made to keep us busy: nobody waits for one, whatever
 * stands in it.
 */
#include "tests/suite.h"

#include <elf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sched/base/elf_line.h"
#include "sched/base/elf_symbol.h"

enum {
    SECTIONS = 30000,
    BYTES = 4 << 20,
    FILES = 200000
};

static char path[SUITE_PATH];

START_TEST(a_pipe_is_not_waited_for)
{
    struct elf_symbol symbol;
    struct elf_line line;

    close(suite_file(path));
    unlink(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert(!elf_symbol_find(&symbol, path, 1));
    ck_assert(!elf_line_find(&line, path, 1));
}
END_TEST

static void write_image(const void *image)
{
    FILE *file;

    close(suite_file(path));
    file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(image, 1, BYTES, file), BYTES);
    ck_assert_int_eq(fclose(file), 0);
}

/* An image whose sections, but for a few, are all of one kind. */
static Elf64_Shdr *make_image(char *image, uint32_t type)
{
    Elf64_Ehdr *head = (void *)image;
    Elf64_Shdr *section = (void *)(image + sizeof *head);

    memset(image, 'x', BYTES);
    memset(head, 0, sizeof *head);
    memcpy(head->e_ident, ELFMAG, SELFMAG);
    head->e_ident[EI_CLASS] = ELFCLASS64;
    head->e_shoff = sizeof *head;
    head->e_shnum = SECTIONS;
    for (int i = 0; i < SECTIONS; i++)
        section[i] = (Elf64_Shdr){ .sh_name = BYTES / 2,
                                   .sh_type = type,
                                   .sh_size = BYTES };
    return section;
}

START_TEST(a_table_of_symbols_is_read_once)
{
    char *image = malloc(BYTES);
    struct elf_symbol symbol;

    make_image(image, SHT_SYMTAB);
    write_image(image);
    ck_assert(!elf_symbol_find(&symbol, path, UINTPTR_MAX));
    free(image);
}
END_TEST

START_TEST(names_without_an_end_are_read_once)
{
    char *image = malloc(BYTES);
    struct elf_line line;

    make_image(image, SHT_PROGBITS);
    write_image(image);
    ck_assert(!elf_line_find(&line, path, 1));
    free(image);
}
END_TEST

/* --- a line table whose files have a long name ---------------------------- */

static uint8_t *put(uint8_t *at, const void *bytes, size_t count)
{
    memcpy(at, bytes, count);
    return at + count;
}

/* In five bytes. */
static uint8_t *put_number(uint8_t *at, uint32_t number)
{
    for (int i = 0; i < 5; i++, number >>= 7)
        *at++ = (uint8_t)((number & 0x7f) | (i < 4 ? 0x80 : 0));
    return at;
}

/* A list of paths in .debug_line_str, all at its beginning. */
static uint8_t *put_list(uint8_t *at, uint32_t count)
{
    at = put(at, (const uint8_t[]){ 1, 1, 0x1f }, 3);
    at = put_number(at, count);
    memset(at, 0, 4 * (size_t)count);
    return at + 4 * (size_t)count;
}

/* Address 0 to 8 is of the last file (DWARF 5, section 6.2). */
static uint8_t *put_steps(uint8_t *at)
{
    at = put(at, (const uint8_t[]){ 0, 9, 2, 0, 0, 0, 0, 0, 0, 0, 0, 4 }, 12);
    at = put_number(at, FILES - 1);
    return put(at, (const uint8_t[]){ 1, 2, 9, 0, 1, 1 }, 6);
}

static size_t put_lines(uint8_t *from)
{
    uint8_t *head = from + 12, *at;
    uint16_t version = 5;
    uint32_t bytes;

    at = put(head, (const uint8_t[]){ 1, 1, 1, 0xfb, 14, 10 }, 6);
    at = put(at, (const uint8_t[]){ 0, 1, 1, 1, 1, 0, 0, 0, 1 }, 9);
    at = put_list(put_list(at, 0), FILES);
    bytes = (uint32_t)(at - head);
    memcpy(from + 8, &bytes, 4);
    at = put_steps(at);
    bytes = (uint32_t)(at - from - 4);
    memcpy(from, &bytes, 4);
    memcpy(from + 4, &version, 2);
    memcpy(from + 6, (const uint8_t[]){ 8, 0 }, 2);
    return (size_t)(at - from);
}

START_TEST(names_of_other_files_are_not_read)
{
    static const char names[] = "\0.debug_line\0.debug_line_str";
    char *image = calloc(1, BYTES);
    Elf64_Shdr *section = make_image(image, SHT_PROGBITS);
    size_t lines_at = sizeof(Elf64_Ehdr) + 3 * sizeof *section;
    struct elf_line line;

    ((Elf64_Ehdr *)(void *)image)->e_shnum = 3;
    memset(image + lines_at, 'x', BYTES - lines_at - sizeof names);
    memcpy(image + BYTES - sizeof names, names, sizeof names);
    section[0] = (Elf64_Shdr){ .sh_offset = BYTES - sizeof names,
                               .sh_size = sizeof names };
    section[1] = (Elf64_Shdr){ .sh_name = 1, .sh_offset = lines_at };
    section[1].sh_size = put_lines((uint8_t *)image + lines_at);
    section[2] = (Elf64_Shdr){ .sh_name = 13,
                               .sh_offset = BYTES / 2,
                               .sh_size = BYTES / 2 };
    write_image(image);
    free(image);
    ck_assert(elf_line_find(&line, path, 1));
    ck_assert_int_eq(line.line, 1);
    ck_assert_uint_eq(strspn(line.file, "x"), sizeof line.file - 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("elf");
    TCase *tests = tcase_create("elf");

    tcase_add_test(tests, a_pipe_is_not_waited_for);
    tcase_add_test(tests, a_table_of_symbols_is_read_once);
    tcase_add_test(tests, names_without_an_end_are_read_once);
    tcase_add_test(tests, names_of_other_files_are_not_read);
    suite_add_tcase(suite, tests);
    return suite_main(suite);
}
