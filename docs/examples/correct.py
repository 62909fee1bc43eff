"""Corrects the postal code of an order that no one else has changed meanwhile: python3 correct.py 0192e6ba-… 10119"""
import json
import sys
import urllib.error
import urllib.request

API = "http://127.0.0.1:8080/api"
order_id, postal_code = sys.argv[1:]

while True:
    with urllib.request.urlopen(f"{API}/orders/{order_id}", timeout=60) as answer:
        etag = answer.headers["ETag"]
    correction = json.dumps({"shipTo": {"postalCode": postal_code}}).encode()
    headers = {"Content-Type": "application/merge-patch+json", "If-Match": etag}
    request = urllib.request.Request(f"{API}/orders/{order_id}", correction, headers, method="PATCH")
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            order = json.load(answer)
            break
    except urllib.error.HTTPError as error:
        if error.code != 412:  # 412: it has changed, read it again
            sys.exit(error.read().decode())
print(order["id"], order["shipTo"]["postalCode"])
