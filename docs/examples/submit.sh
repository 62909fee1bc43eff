#!/bin/sh
# Submits an order and waits until it has ended: sh submit.sh 4711
set -e
api=http://127.0.0.1:8080/api
number=${1:-4711}

# The key makes it safe to send the order again when no answer comes.
curl -sS --fail-with-body --retry 5 --retry-connrefused -o order.json "$api/orders" \
  -H 'Content-Type: application/json' -H "Idempotency-Key: order-$number" -d '{
    "channel": "webshop",
    "externalId": "'"$number"'",
    "customer": {"name": "Ada Lovelace"},
    "shipTo": {"name": "Ada Lovelace", "street": "Hauptstr. 1", "city": "Berlin", "postalCode": "10117", "country": "DE"},
    "currency": "EUR",
    "lines": [{"sku": "MUG-350", "title": "Enamel mug", "quantity": 2, "unitPrice": "12.50"}]
  }' || { cat order.json; exit 1; }

# Each answer comes when the order has changed, after 30 seconds at the latest; it is empty if nothing has changed.
until jq -e '.status | IN("HANDLED", "FAILED", "CANCELLED")' order.json > /dev/null; do
  id=$(jq -r .id order.json) version=$(jq .version order.json)
  curl -sS --fail-with-body --retry 5 -o changed.json "$api/orders/$id" -H 'Prefer: wait=30' \
    -H "If-None-Match: W/\"$version\""
  [ ! -s changed.json ] || mv changed.json order.json
done
jq -r '.id + " " + .status' order.json
