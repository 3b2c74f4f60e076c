/*
 * i18n.h -- words that are translated.
 *
 * N_("text") marks a text for the catalogue, _("text") also translates it now.
 * Only cli binds the catalogue; without it every text stays English, which is
 * what the tests of the lower layers see.
 */
#ifndef CONCVIZ_SCHED_BASE_I18N_H
#define CONCVIZ_SCHED_BASE_I18N_H

#ifdef ENABLE_NLS
#include <libintl.h>
#define _(text) gettext(text)
#else
#define _(text) (text)
#endif
#define N_(text) text

#endif
