/*
 * walk.h -- who has just come from somewhere else, and how long ago.
 */
#ifndef CONCVIZ_RENDER_SCENE_WALK_H
#define CONCVIZ_RENDER_SCENE_WALK_H

struct person;
struct scene;
struct view;

/*
 * Fill in where person came from and how much of the trail has faded. It takes
 * at most 200 ms of the picture's time; there is no trail in a picture that
 * stands still.
 */
void walk_find(const struct scene *scene, const struct view *view,
               struct person *person);

#endif
