#!/bin/sh
# oldest_glibc.sh -- make libraries for the linker to look into, in place of the
# C library's own.
#
#   oldest_glibc.sh PROCESSOR FOLDER COMPILER...
#
# What we load into other people's programs must work beside an older C library
# than that of the machine where it is made. glibc 2.34 made one library of
# several and gave their functions new versions; those of before are still there,
# and the loader of today finds them wherever they are. That of before glibc 2.30
# looks only where the linker has found them: here.
set -eu
cpu=$1 folder=$2
shift 2
compile="$* -w -fPIC -fno-builtin -shared -nostdlib"

# library NAME: of lines with a version of glibc, and functions that came with it.
library() {
    awk -v c="$folder/old.c" '{
        print "GLIBC_" $1 " {"
        for (i = 2; i <= NF; i++) {
            print "    " $i ";"
            print "void " $i "(void) {}" >c
        }
        print "};"
    }' >"$folder/old.map"
    # shellcheck disable=SC2086  # words
    $compile -Wl,-soname,"$1" -Wl,--version-script="$folder/old.map" \
        -o "$folder/$1" "$folder/old.c"
    rm "$folder/old.c" "$folder/old.map"
}

case $cpu in
x86_64)
    library libdl.so.2 <<END
2.2.5 dladdr dlsym dlvsym
END
    library libpthread.so.0 <<END
2.2.5 pthread_attr_getstack pthread_attr_getstacksize pthread_attr_setstack
2.3.3 pthread_condattr_getclock __pthread_register_cancel
2.18 pthread_getattr_default_np
END
    ;;
aarch64)
    library libdl.so.2 <<END
2.17 dlsym dlvsym
END
    library libpthread.so.0 <<END
2.17 pthread_getattr_np
END
    ;;
esac
