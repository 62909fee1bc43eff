#!/bin/sh
# Lists the orders that have changed since the last call, or since a time: sh catch-up.sh 2026-01-31T00:00:00Z
set -e
api=http://127.0.0.1:8080/api
since=${1:-2026-01-31T00:00:00Z}

touch cursor.txt
more=true
while [ "$more" = true ]; do
  curl -sS --fail-with-body --retry 5 -o page.json -G "$api/orders" -d limit=200 -d "updatedSince=$since" \
    --data-urlencode "cursor=$(cat cursor.txt)" || { cat page.json; exit 1; }
  jq -r '.items[] | .id + " " + .status' page.json
  # Kept only once the page has been worked on. An answer 410 means: remove the file and begin again.
  jq -r .nextCursor page.json > cursor.txt
  more=$(jq .more page.json)
done
