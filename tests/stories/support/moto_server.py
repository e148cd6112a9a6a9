"""Runs moto's server on a free loopback port, says the port on standard output, and ends with the test process:
when that is gone, however it went, standard input ends."""

import logging
import os
import sys
import threading


def end_with_the_tests():
    while sys.stdin.buffer.read(1024):
        pass
    os._exit(0)


threading.Thread(target=end_with_the_tests, daemon=True).start()
logging.getLogger("werkzeug").setLevel(logging.ERROR)

from moto.server import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
os.environ["MOTO_PORT"] = str(server.port)
print(server.port, flush=True)
# Nobody reads on: what moto prints about services it does not have would break the pipe, and the reply with it.
sys.stdout = open(os.devnull, "w")
server.serve_forever()
