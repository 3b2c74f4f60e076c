/*
 * korean_particle.h -- Korean particles that fit the sound before them.
 *
 * 은/는, 이/가, 을/를, 과/와 and 으로/로 depend on whether a word ends in a
 * consonant when read aloud. Task names are Latin letters and digits, read
 * letter by letter if they are short (A is 에이, L is 엘, 3 is 삼) and as a
 * word otherwise (spoon is 스푼).
 */
#ifndef CONCVIZ_SCHED_BASE_KOREAN_PARTICLE_H
#define CONCVIZ_SCHED_BASE_KOREAN_PARTICLE_H

enum korean_particle {
    PARTICLE_TOPIC,   /* 은/는 */
    PARTICLE_SUBJECT, /* 이/가 */
    PARTICLE_OBJECT,  /* 을/를 */
    PARTICLE_WITH,    /* 과/와 */
    PARTICLE_TOWARDS, /* 으로/로 */
};

/* The particle for word; static string. Any thread. */
const char *korean_particle_for(enum korean_particle particle,
                                const char *word);

#endif
