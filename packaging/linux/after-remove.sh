#!/bin/sh
set -e
# Not while an update replaces one version by the next.
case "$1" in upgrade | failed-upgrade) exit 0 ;; esac
for name in chuangdang chuangdang-cli; do rm -f "/usr/bin/$name"; done
if [ -f /etc/apparmor.d/chuangdang ]; then
  apparmor_parser --remove /etc/apparmor.d/chuangdang 2>/dev/null || true
  rm -f /etc/apparmor.d/chuangdang
fi
if command -v update-mime-database >/dev/null 2>&1; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database /usr/share/applications || true; fi
