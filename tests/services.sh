#!/bin/sh
# Installs what the tests use: Debian's packages, and Elasticsearch. Needs root.
set -eu
if ! command -v apt-get >/dev/null; then
  echo "make services werkt op Debian en Ubuntu. Installeer zelf: PostgreSQL, Redis, Chromium, hunspell-nl, LibreOffice, Maven, een JDK vanaf 21. Daarna: python3 -m tests.elasticsearch fetch" >&2
  exit 2
fi
if [ "$(id -u)" != 0 ]; then
  echo "make services heeft root nodig: sudo make services" >&2
  exit 2
fi
missing=""
for pair in redis-server:redis-server chromium:chromium hunspell:hunspell psql:postgresql mvn:maven soffice:libreoffice-writer dovecot:dovecot-imapd clamd:clamav-daemon; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair##*:}"
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -e /usr/share/hunspell/nl_NL.dic ] || missing="$missing hunspell-nl"
if [ -n "$missing" ]; then
  apt-get update -q
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
fi
# Debian has no Elasticsearch, and Debian 12 no JDK that it accepts: without one this
# fetches it all the same, says how to set ES_JAVA_HOME and fails.
cd "$(dirname "$0")/.."
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Elasticsearch ophalen vraagt python3 vanaf 3.11." >&2
  exit 2
fi
python3 -m tests.elasticsearch fetch
