#!/bin/sh
# Chromium reads file names by the locale: under plain C a Chinese file name cannot be opened.
case "${LC_ALL:-${LC_CTYPE:-$LANG}}" in
  *[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac
here=$(dirname "$(readlink -f "$0")")
exec "$here/chuangdang-bin" "$@"
