#include "lessons/parse/lesson_words.h"

#include <string.h>

static const struct {
    enum lesson_kind kind;
    const char *english, *korean;
} headings[] = {
    { LESSON_EXPLAIN, "Explain", "설명" },
    { LESSON_WORKLOAD, "Workload", "작업" },
    { LESSON_PREDICT, "Predict", "예측" },
    { LESSON_RUN, "Run", "실행" },
    { LESSON_OBSERVE, "Observe", "관찰" },
    { LESSON_REFLECT, "Reflect", "돌아보기" },
    { LESSON_MODIFY, "Modify", "바꿔 보기" },
    { LESSON_SUMMARY, "Summary", "정리" },
    { LESSON_LECTURER, "Lecturer", "강의 노트" },
};

/* Whether text begins with word, and nothing or a space follows. */
static bool begins(const char *text, const char *word, const char **rest)
{
    size_t length = strlen(word);

    if (strncmp(text, word, length) != 0 ||
        (text[length] && !strchr(" :", text[length])))
        return false;
    *rest = text + length + strspn(text + length, " ");
    return true;
}

bool heading_parse(const char *text, enum lesson_kind *kind, const char **rest)
{
    if (strncmp(text, "## ", 3) != 0)
        return false;
    text += 3 + strspn(text + 3, " ");
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (begins(text, headings[i].english, rest) ||
            begins(text, headings[i].korean, rest)) {
            *kind = headings[i].kind;
            return true;
        }
    return false;
}

const char *heading_word(enum lesson_kind kind, const char *language)
{
    bool korean = language && strcmp(language, "ko") == 0;

    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (headings[i].kind == kind)
            return korean ? headings[i].korean : headings[i].english;
    return "";
}
