#!/bin/sh
# libraries.sh -- what concviz needs, for a processor that is not ours.
#
# usage: libraries.sh HOST SOURCES PREFIX
#
# HOST is as in HOST-gcc, SOURCES where `apt-get source` unpacked utf8proc, yajl,
# zlib, check and ncurses. A static library and a .pc file of each go into PREFIX;
# Debian has no packages for some processors, and for others not of the versions
# that are installed here, which it would ask for.
set -eu
host=$1 sources=$2 prefix=$3
mkdir -p "$prefix/lib/pkgconfig" "$prefix/include" "$prefix/build"

# archive NAME FILES...: compile them into libNAME.a.
archive() {
    name=$1
    shift
    mkdir -p "$prefix/build/$name"
    (cd "$prefix/build/$name" &&
        "$host-gcc" -O2 -w -DHAVE_UNISTD_H -DUTF8PROC_STATIC \
            -I"$prefix/include" -c "$@" && "$host-ar" cr "$prefix/lib/lib$name.a" ./*.o)
}

# describe PC NAME VERSION [MORE]: what pkg-config says of libNAME.a.
describe() {
    cat >"$prefix/lib/pkgconfig/$1.pc" <<EOF
Name: $1
Description: $1
Version: $3
Cflags: -I$prefix/include
Libs: -L$prefix/lib -l$2 ${4-}
EOF
}

# configured NAME FOLDER ARGUMENTS...: in a folder of its own.
configured() {
    mkdir -p "$prefix/build/$1"
    cd "$prefix/build/$1"
    folder=$2
    shift 2
    "$folder/configure" --quiet --host="$host" --prefix="$prefix" \
        CFLAGS='-O2 -w' "$@"
}

one() { set -- "$sources/$1"-[0-9]*/; echo "${1%/}"; }

utf8proc=$(one utf8proc) yajl=$(one yajl) zlib=$(one zlib)

cp "$utf8proc/utf8proc.h" "$prefix/include"
archive utf8proc "$utf8proc/utf8proc.c"
describe libutf8proc utf8proc 2.8

mkdir -p "$prefix/include/yajl"
cp "$yajl"/src/api/*.h "$prefix/include/yajl"
sed 's/\${[A-Z_]*}/2/' "$yajl/src/api/yajl_version.h.cmake" \
    >"$prefix/include/yajl/yajl_version.h"
archive yajl "$yajl"/src/*.c
describe yajl yajl 2.1

cp "$zlib/zlib.h" "$zlib/zconf.h" "$prefix/include"
archive z "$zlib"/*.c
describe zlib z 1.2.13

(configured check "$(one check)" --disable-shared --disable-subunit &&
    make -s -C lib && make -s -C src install)
describe check check 0.15.2 '-lm -pthread'
(configured ncurses "$(one ncurses)" --enable-widec --enable-pc-files \
    --with-pkg-config-libdir="$prefix/lib/pkgconfig" --without-cxx \
    --without-cxx-binding --without-ada --without-manpages --without-progs \
    --without-tests --without-debug \
    --with-terminfo-dirs=/etc/terminfo:/lib/terminfo:/usr/share/terminfo &&
    make -s -C include install && make -s -C ncurses install &&
    make -s -C misc pc-files && cp misc/*.pc "$prefix/lib/pkgconfig")
