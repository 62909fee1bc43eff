#!/bin/sh
# Follows the orders of a channel, and goes on after the last event when the connection breaks: sh follow.sh webshop
api=http://127.0.0.1:8080/api
channel=${1:-webshop}

touch last-event-id.txt
while true; do
  # The service sends something every ten seconds at least.
  curl -sSN --speed-limit 1 --speed-time 30 -G "$api/events" -d "channel=$channel" \
    -H "Last-Event-ID: $(cat last-event-id.txt)" |
    while read -r line; do
      case $line in
        'event: resync') echo 'Events may have been missed: read the orders again.' ;;
        'id: '*) id=${line#id: } ;;
        'data: '*) printf '%s\n' "$id ${line#data: }" ;;
        '') [ -z "$id" ] || echo "$id" > last-event-id.txt ;; # the end of an event, which is done now
      esac
    done
  sleep 1
done
