#!/usr/bin/env python3
"""An agent for lmpd's external data plane: it plays the fibres between nodes.

    agent.py cables.txt /tmp/openlmp-oxc1.sock /tmp/openlmp-oxc2.sock

It keeps a session with each daemon, at its API's Unix socket. Each line of the first file is a cable between two ports, such as
"oxc1:te1-1 oxc2:te1-1". A port with a cable receives a signal, one without does not; a Test message sent out of a port comes in where its cable
ends, and so does a SONET/SDH trace. The file is read again and again: edit it to cut and to swap cables. docs/operating/data-plane.md describes what is said here; an agent for
real hardware differs in far_end() and where it is used.
"""
import http.client, json, socket, sys, threading, time

cables, paths = sys.argv[1], sys.argv[2:]
sessions = {}  # by the node's name: its socket, and the session's number
sent = {}  # by port: what its overhead carries, by trace type
heard = set()  # what was reported of traces: port and trace type


TRANSPORTS = ["payload", "dccs", "dccl", "j0-trace", "j1-trace", "j2-trace"]


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def post(path, word, body, timeout=10):
    connection = UnixConnection(path, timeout)
    connection.request("POST", f"/v1/data-plane/{word}", json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    if response.status != 200:
        raise OSError(json.load(response)["error"])
    return response


def far_end(port):
    with open(cables) as lines:
        for ends in (line.split("#")[0].split() for line in lines):
            if len(ends) == 2 and port in ends:
                return ends[1] if port == ends[0] else ends[0]
    return ""


def report_signals(path, hello, links, over):
    """Tells all signals, and with them that this agent is alive: several times in each heartbeat interval, so that a late one is not its end."""
    while not over.wait(hello["heartbeat"] / 5000):
        signals = {name: "ok" if far_end(f"{hello['node']}:{name}") else "fail" for name in links}
        try:
            post(path, "signals", {"session": hello["session"], "signals": signals, "complete": True}).read()
            for name in links:
                report_traces(f"{hello['node']}:{name}")
        except OSError as problem:
            print(f"{hello['node']}: {problem}", flush=True)  # If the session is over, its stream says so.


def report_traces(port):
    """Tells what comes in at a port as traces; nothing any more where the cable is gone."""
    node, _, link = port.partition(":")
    coming = sent.get(far_end(port), {})
    heard.update((port, kind) for kind in coming)
    traces = [{"dataLink": link, "type": kind, "received": coming.get(kind, "")} for at, kind in list(heard) if at == port]
    if traces and node in sessions:
        path, session = sessions[node]
        post(path, "traces", {"session": session, "traces": traces}).read()


def carry(port, message):
    node, _, link = far_end(port).partition(":")
    if node in sessions:  # Otherwise it is lost; lmpd sends it again and again until its time is over.
        path, session = sessions[node]
        post(path, "tests", {"session": session, "tests": [{"dataLink": link, "message": message}]}).read()


def obey(path):
    """One session, from hello to its end. Returns whether to connect again."""
    orders = post(path, "sessions", {"version": 1, "agent": "agent.py", "canTest": True, "transports": TRANSPORTS}, timeout=None)
    hello, links, over = json.loads(orders.readline()), [], threading.Event()
    node = hello["node"]
    print(f"{node}: session {hello['session']}", flush=True)
    try:
        links += [link["name"] for link in hello["dataLinks"]]
        sessions[node] = (path, hello["session"])
        threading.Thread(target=report_signals, args=(path, hello, links, over), daemon=True).start()
        for order in map(json.loads, orders):
            if order["order"] == "test":
                try:
                    carry(f"{node}:{order['dataLink']}", order["message"])
                except OSError as problem:
                    print(f"{node}: {problem}", flush=True)
            elif order["order"] == "trace":
                port = f"{node}:{order['dataLink']}"
                sent.setdefault(port, {})[order["traceType"]] = order["text"]
                try:
                    report_traces(far_end(port))
                except OSError as problem:
                    print(f"{node}: {problem}", flush=True)
            elif order["order"] == "test-mode":
                pass  # A transparent switch would terminate the port here, or put it through again.
            elif order["order"] == "data-links":
                links[:] = [link["name"] for link in order["dataLinks"]]
            elif order["order"] == "end":
                print(f"{node}: {order['reason']}", flush=True)
                return order["reconnect"]
        return True
    finally:
        over.set()
        sessions.pop(node, None)


def serve(path):
    again, told = True, None
    while again:
        try:
            again, told = obey(path), None
        except (OSError, http.client.HTTPException, ValueError) as problem:
            # Once: lmpd may be away for long.
            if str(problem) != told:
                print(f"{path}: {problem}; trying again", flush=True)
            told = str(problem)
        time.sleep(1)


threads = [threading.Thread(target=serve, args=[path], daemon=True) for path in paths]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
