#!/bin/sh
# Sends many orders, one on each line of a file: sh bulk.sh orders.ndjson
set -e
api=http://127.0.0.1:8080/api

# One answer for each line, as soon as its order is stored.
curl -sSN --fail-with-body -T "${1:-orders.ndjson}" -X POST "$api/orders/bulk" -H 'Content-Type: application/x-ndjson' |
  jq -r --unbuffered '"\(.line) \(.status) \(.id // .problem.detail)"'
