"""Submits an order and waits until it has ended: python3 submit.py 4711"""
import json
import sys
import time
import urllib.error
import urllib.request

API = "http://127.0.0.1:8080/api"
number = sys.argv[1] if len(sys.argv) > 1 else "4711"
ORDER = {
    "channel": "webshop",
    "externalId": number,
    "customer": {"name": "Ada Lovelace"},
    "shipTo": {"name": "Ada Lovelace", "street": "Hauptstr. 1", "city": "Berlin", "postalCode": "10117", "country": "DE"},
    "currency": "EUR",
    "lines": [{"sku": "MUG-350", "title": "Enamel mug", "quantity": 2, "unitPrice": "12.50"}],
}


def call(path, body=None, **headers):
    """Returns the JSON of the answer, or None if nothing has changed. Tries again while the service is unavailable."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    data = json.dumps(body).encode() if body else None
    while True:
        wait = 1
        try:
            request = urllib.request.Request(API + path, data, {"Content-Type": "application/json", **headers})
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return None
            wait = int(error.headers.get("Retry-After", 0))
            if not wait:
                sys.exit(error.read().decode())  # a problem: says what is wrong
        except OSError:
            pass  # no answer: the key makes it safe to send the order again
        time.sleep(wait)


order = call("/orders", ORDER, Idempotency_Key="order-" + number)
while order["status"] not in ("HANDLED", "FAILED", "CANCELLED"):
    # The answer comes when the order has changed, after 30 seconds at the latest.
    version = f'W/"{order["version"]}"'
    order = call("/orders/" + order["id"], Prefer="wait=30", If_None_Match=version) or order
print(order["id"], order["status"])
