#!/bin/sh
# Installs what the tests use, from Debian's packages. Needs root.
set -eu
if ! command -v apt-get >/dev/null; then
  echo "make services werkt op Debian en Ubuntu. Installeer zelf: PostgreSQL, Redis, Chromium, hunspell-nl." >&2
  exit 2
fi
if [ "$(id -u)" != 0 ]; then
  echo "make services heeft root nodig: sudo make services" >&2
  exit 2
fi
missing=""
for pair in redis-server:redis-server chromium:chromium hunspell:hunspell psql:postgresql; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair##*:}"
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -e /usr/share/hunspell/nl_NL.dic ] || missing="$missing hunspell-nl"
if [ -n "$missing" ]; then
  apt-get update -q
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
fi
