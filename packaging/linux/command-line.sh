#!/bin/sh
# The program without a window: chuangdang-cli --help
here=$(dirname "$(readlink -f "$0")")
case "${LC_ALL:-${LC_CTYPE:-$LANG}}" in
  *[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac
export CHUANGDANG_RESOURCES="$here/resources/program"
exec "$here/resources/node/node" --max-semi-space-size=8 "$here/resources/app.asar.unpacked/dist/cli/main.cjs" "$@"
