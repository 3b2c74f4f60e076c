/*
 * folders.h -- where the installation is: LOCALEDIR and so on.
 *
 * The Makefile says it. An editor or a checker that looks at one file without it
 * gets the usual ones.
 */
#ifndef CONCVIZ_CLI_OPTIONS_FOLDERS_H
#define CONCVIZ_CLI_OPTIONS_FOLDERS_H

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif
#ifndef PKGDATADIR
#define PKGDATADIR "/usr/local/share/concviz"
#endif
#ifndef PKGLIBDIR
#define PKGLIBDIR "/usr/local/lib/concviz"
#endif
#ifndef LIBDIR
#define LIBDIR "/usr/local/lib"
#endif
#ifndef INCLUDEDIR
#define INCLUDEDIR "/usr/local/include"
#endif

#endif
