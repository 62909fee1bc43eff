#!/bin/sh
# Corrects the postal code of an order that no one else has changed meanwhile: sh correct.sh 0192e6ba-… 10119
set -e
api=http://127.0.0.1:8080/api
id=$1 postal_code=$2

while true; do
  version=$(curl -sS --fail-with-body --retry 5 "$api/orders/$id" | jq -r .version)
  status=$(curl -sS -o answer.json -w '%{http_code}' -X PATCH "$api/orders/$id" \
    -H 'Content-Type: application/merge-patch+json' -H "If-Match: W/\"$version\"" \
    -d '{"shipTo": {"postalCode": "'"$postal_code"'"}}')
  [ "$status" = 412 ] || break # it has changed: read it again
done
if [ "$status" != 200 ]; then
  cat answer.json
  exit 1
fi
jq -r '.id + " " + .shipTo.postalCode' answer.json
