#!/bin/sh
set -e
for name in chuangdang chuangdang-cli; do ln -sf "/opt/chuangdang/$name" "/usr/bin/$name"; done

# Chromium's sandbox uses user namespaces; where the kernel keeps them from ordinary users, its helper needs root's rights.
if unshare --user true 2>/dev/null; then chmod 0755 /opt/chuangdang/chrome-sandbox; else chmod 4755 /opt/chuangdang/chrome-sandbox; fi
# Ubuntu 24.04 and later allow them by profile only.
if command -v apparmor_parser >/dev/null 2>&1 && apparmor_parser --skip-kernel-load --debug /opt/chuangdang/resources/apparmor-profile >/dev/null 2>&1; then
  cp -f /opt/chuangdang/resources/apparmor-profile /etc/apparmor.d/chuangdang
  apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/chuangdang || true
fi

if command -v update-mime-database >/dev/null 2>&1; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database /usr/share/applications || true; fi
if command -v gtk-update-icon-cache >/dev/null 2>&1; then gtk-update-icon-cache -q -t /usr/share/icons/hicolor || true; fi
