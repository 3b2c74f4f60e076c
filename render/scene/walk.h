/*
 * walk.h -- people do not jump: who is on the way, and how far.
 */
#ifndef CONCVIZ_RENDER_SCENE_WALK_H
#define CONCVIZ_RENDER_SCENE_WALK_H

struct person;
struct scene;
struct view;

/*
 * Fill in where person came from and how much of the way is done. A walk
 * takes at most 200 ms of the picture's time; nobody walks in
 * a picture that stands still.
 */
void walk_find(const struct scene *scene, const struct view *view,
               struct person *person);

#endif
