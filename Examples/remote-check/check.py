#!/usr/bin/env python3
"""A remote check for KPatrol: containers' images come from registries that we trust.

KPatrol sends objects and their changes as CloudEvents (io.kpatrol.object.changed); the answer holds an
event (io.kpatrol.finding) about each object, with everything that is wrong with it. Of a batch, what the
answer says nothing of is in order; one event by itself, as Knative's Brokers send it, always has its answer.
"""

import argparse
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cloudevents.core.bindings import http
from cloudevents.core.exceptions import CloudEventValidationError
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

BATCH = "application/cloudevents-batch+json"
LARGEST_REQUEST = 16 * 1024 * 1024
FORMAT = JSONFormat()


def containers(thing):
    """All containers within an object: of a Pod, or of a workload's template."""
    spec = thing.get("spec") or {}
    template = (spec.get("template") or {}).get("spec") or {}
    return (spec.get("containers") or []) + (template.get("containers") or [])


def registry(image):
    """Where an image comes from: the part before the first slash, if it is a host."""
    host, slash, _ = image.partition("/")
    return host if slash and ("." in host or ":" in host or host == "localhost") else "docker.io"


def findings(event, trusted):
    """What is wrong with the object that an event tells of: a list of the data of findings."""
    data = event.get_data()
    if event.get_type() != "io.kpatrol.object.changed" or data.get("change") != "upserted":
        return []
    found = {}
    for index, container in enumerate(containers(data["object"])):
        image = container.get("image") or ""
        if registry(image) not in trusted:
            found[f"containers[{index}].image"] = image
    if not found:
        return []
    images = ", ".join(sorted(set(found.values())))
    return [
        {
            "reason": "UntrustedRegistry",
            "severity": "warning",
            "message": f"Images come from a registry that nobody trusts: {images}",
            "evidence": found,
        }
    ]


def reply(event, found):
    """The event that tells of findings: its subject is that of the object's event, which it names."""
    attributes = {
        "type": "io.kpatrol.finding",
        # Its last part is the check's name in KPatrol's configuration.
        "source": "/checks/registries",
        "subject": event.get_subject(),
        "datacontenttype": "application/json",
        "causationid": event.get_id(),
    }
    cluster = event.get_extension("cluster")
    if cluster:
        attributes["cluster"] = cluster
    return CloudEvent(
        attributes=attributes,
        data={"findings": found},
    )


def read(headers, body):
    """The events of a request, whichever way they are sent, and whether they are a batch."""
    if headers.get_content_type() == BATCH:
        return [FORMAT.read(None, json.dumps(each)) for each in json.loads(body)], True
    fields = {name.lower(): value for name, value in headers.items()}
    return [http.from_http(http.HTTPMessage(fields, body), FORMAT)], False


class Handler(BaseHTTPRequestHandler):
    """Answers requests with findings."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= LARGEST_REQUEST:
            self.close_connection = True
            return self.answer(413)
        body = self.rfile.read(length)
        token = self.server.token
        if token and not hmac.compare_digest(
            self.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
        ):
            return self.answer(401)
        try:
            events, is_batch = read(self.headers, body)
            found = [(event, findings(event, self.server.trusted)) for event in events]
            replies = [
                json.loads(FORMAT.write(reply(event, each)))
                for event, each in found
                if each or not is_batch
            ]
        except (AttributeError, CloudEventValidationError, KeyError, TypeError, ValueError):
            return self.answer(400)
        if is_batch:
            return self.answer(200, json.dumps(replies).encode() if replies else b"")
        self.answer(200, json.dumps(replies[0]).encode(), "application/cloudevents+json")

    def answer(self, status, body=b"", content_type=BATCH):
        self.send_response(status)
        if body:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        try:
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            # Whoever asked did not wait for it.
            self.close_connection = True

    def log_message(self, format, *arguments):
        if self.server.is_verbose:
            super().log_message(format, *arguments)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    # Knative says where to listen with PORT.
    port = int(os.environ.get("PORT", "8080"))
    parser.add_argument("--port", type=int, default=port, help="0 for a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--trust", action="append", help="a registry; may be repeated")
    parser.add_argument("--token-file", help="a file with the token that callers must have")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    server = ThreadingHTTPServer((options.host, options.port), Handler)
    server.trusted = set(options.trust or ["registry.example.com"])
    server.is_verbose = options.verbose
    server.token = None
    if options.token_file:
        with open(options.token_file, encoding="utf-8") as file:
            server.token = file.read().strip()
    print(f"Listening on http://{options.host}:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
