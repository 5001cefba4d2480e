#!/bin/sh
# Makes infra/.env and, where there is none, a certificate that browsers warn of: what compose.yaml
# needs for a first start. What is there already is left as it is.
#
#   sh infra/new-env.sh rooms.hospital.example 192.0.2.10
#
# INFRA_DIR is where they are put, by default beside this script.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=${INFRA_DIR:-$here}
say() { printf '%s\n' "$*"; }
refuse() { printf '%s\n' "$*" >&2; exit 1; }

[ $# -eq 2 ] || refuse 'Usage: sh infra/new-env.sh NAME ADDRESS, such as rooms.hospital.example 192.0.2.10'
name=$1
address=$2
case $name in
  '' | *[!A-Za-z0-9.-]*) refuse "This is not a host name: $name" ;;
esac
octet='(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])'
printf '%s\n' "$address" | grep -Eqx "$octet(\.$octet){3}" ||
  refuse "This is not an IPv4 address: $address"
command -v openssl >/dev/null 2>&1 || refuse 'Install openssl first.'

umask 077
if [ -e "$target/.env" ]; then
  say "$target/.env is there already and stays as it is."
else
  secret() { openssl rand -hex 32; }
  sed -e "s/^PUBLIC_NAME=$/&$name/" -e "s/^PUBLIC_ADDRESS=$/&$address/" \
    -e "s/^POSTGRES_PASSWORD=$/&$(secret)/" -e "s/^REDIS_PASSWORD=$/&$(secret)/" \
    -e "s/^TURN_SECRET=$/&$(secret)/" "$here/example.env" >"$target/.env.new"
  mv "$target/.env.new" "$target/.env"
  say "Made $target/.env. It holds passwords: keep a copy where you keep such things."
fi

if [ -e "$target/tls/privkey.pem" ]; then
  say "$target/tls holds a certificate already."
else
  mkdir -p "$target/tls"
  # browsers look at the alternative names alone, and a common name holds only 64 characters
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -batch \
    -subj /CN=Caseroom -addext "subjectAltName=DNS:$name,IP:$address" \
    -keyout "$target/tls/privkey.new" -out "$target/tls/fullchain.pem" 2>/dev/null ||
    refuse 'openssl could not make a certificate.'
  mv "$target/tls/privkey.new" "$target/tls/privkey.pem"
  say "Made a certificate in $target/tls for 90 days. Browsers warn of it, and headsets may refuse it: put the hospital's there soon."
fi
