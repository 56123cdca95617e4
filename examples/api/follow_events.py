#!/usr/bin/env python3
"""Follows what happens at an LMP node, and prints its alarms: those that stand, and each change from then on.

    follow_events.py /run/lmpd/lmpd.sock
    follow_events.py http://127.0.0.1:7010

Nothing is missed between two connections: the daemon is told the last event that was seen (Last-Event-ID), and sends what it remembers after that. The
numbers of a daemon that was started again are higher than all of its last run: it sends everything. docs/operating/api.md describes the events.
"""
import http.client, json, socket, sys, time, urllib.parse

PAUSE = 1  # seconds between two attempts
SILENCE = 45  # a comment comes every 15 s; three of them missed, and the connection is taken for dead


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def connect(address):
    if address.startswith("/"):
        return UnixConnection(address, SILENCE)
    return http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=SILENCE)


def get(address, path, headers={}):
    connection = connect(address)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    if response.status != 200:
        raise OSError(json.load(response)["error"])
    return response


def events(response):
    """Server-Sent Events: fields on lines, an empty line ends an event; lines that begin with a colon are comments."""
    fields = {}
    for line in response:
        name, _, value = line.decode().rstrip("\n").partition(":")
        if name:
            fields[name] = value.removeprefix(" ")
        elif fields.get("data"):
            yield json.loads(fields["data"])
            fields = {}


def show(time, severity, kind, object, state, text):
    print(f"{time}  {severity:8}  {kind}  {object}  {state}: {text}", flush=True)


def follow(address):
    last = None
    while True:
        try:
            # The stream first, then what stands: what happens in between is in both, and nothing is in neither.
            stream = get(address, "/v1/events", {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last else {}))
            print(f"connected to {address}", flush=True)
            if last is None:
                for alarm in json.load(get(address, "/v1/alarms")):
                    if alarm["state"] != "cleared":
                        show(alarm["raised"], alarm["severity"], alarm["kind"], alarm["object"], alarm["state"], alarm["text"])
            for event in events(stream):
                last = str(event["id"])
                if event["type"] == "alarm":
                    show(event["time"], event["severity"], event["kind"], event["object"], event["to"], event["text"])
            print("the daemon has ended the stream", flush=True)
        except (OSError, http.client.HTTPException) as problem:
            print(f"{address}: {problem}", flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        follow(sys.argv[1])
    except KeyboardInterrupt:
        pass
