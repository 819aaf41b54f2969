"""`navaid serve` as a process: which addresses it opens, what it tells, how it stops."""

from __future__ import annotations

import asyncio
import datetime as dt
import http.client
import ipaddress
import os
import re
import select
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.serve.web.conftest import PASSPHRASE

from navaid.errors import BadInput
from navaid.records import vault
from navaid.records.vault import ways
from navaid.serve.web import patience, run
from navaid.serve.web.accounts.book import Accounts
from navaid.serve.web.accounts.roles import Role
from navaid.serve.web.listening import Listening, bind

CANARY = "Canaryword"
Serve = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def serve(home: Path) -> Iterator[Serve]:
    """Starts `navaid serve` in a process of its own, and stops it after the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*options: str) -> subprocess.Popen[str]:
        code = "from navaid.serve.cli import main; main()"
        command = [sys.executable, "-c", code, "serve", *options]
        environment = os.environ | {"NAVAID_HOME": str(home), "NAVAID_EMBEDDING": "off", "PYTHONUNBUFFERED": "1"}
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of our own for `navaid.example` and 127.0.0.1, and its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    names = [x509.DNSName("navaid.example"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = tmp_path / "cert.pem", tmp_path / "key.pem"
    form, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    paths[0].write_bytes(made.public_bytes(form))
    paths[1].write_bytes(key.private_bytes(form, serialization.PrivateFormat.PKCS8, plain))
    return paths


def told(process: subprocess.Popen[str], within_s: float = 60) -> str:
    """The first line that it prints."""
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], within_s)[0], "it said nothing"
    return process.stdout.readline()


def port_of(line: str) -> int:
    found = re.search(r":(\d+)", line.split("//", 1)[1])
    assert found, line
    return int(found[1])


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out + err


def ask(port: int, method: str = "GET", path: str = "/", body: str = "", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


def test_it_says_where_it_is_writes_nothing_of_a_request_and_stops_at_once(serve: Serve) -> None:
    process = serve("--port", "0")
    port = port_of(told(process))
    assert ask(port, path=f"/answers/{CANARY}?q={CANARY}").status == 404
    assert ask(port, "POST", "/ask", f"question={CANARY}").status == 403
    assert ask(port, host="evil.example").status == 421
    with socket.create_connection(("127.0.0.1", port)) as broken:
        broken.sendall(f"{CANARY} nonsense\r\n\r\n".encode())
        broken.recv(100)
    answer = ask(port, path="/static/navaid.css")
    assert answer.status == 200
    assert answer.headers["server"] is None
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    code, said = ended(process)
    assert code == 0
    assert time.monotonic() - began < 10
    assert "has stopped" in said
    assert CANARY not in said
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_told(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = ended(serve("--port", str(taken.getsockname()[1])))
    assert code == 2
    assert "something else uses it" in said
    assert "--port 0" in said
    assert "Traceback" not in said


def test_another_address_is_refused_without_tls_and_without_a_passphrase(
    serve: Serve, certificate: tuple[Path, Path]
) -> None:
    code, said = ended(serve("--host", "0.0.0.0", "--port", "0"))
    assert code == 2
    assert "nothing would be encrypted" in said
    cert, key = map(str, certificate)
    code, said = ended(serve("--host", "0.0.0.0", "--port", "0", "--tls-cert", cert, "--tls-key", key))
    assert code == 2
    assert "no passphrase" in said


def test_with_both_it_serves_by_tls_and_shows_no_page_to_a_stranger(
    serve: Serve, home: Path, certificate: tuple[Path, Path]
) -> None:
    home.mkdir()
    vault.create(home / "records", ways.passphrase(PASSPHRASE))
    cert, key = map(str, certificate)
    process = serve("--host", "127.0.0.2", "--port", "0", "--tls-cert", cert, "--tls-key", key)
    port = port_of(told(process))
    trusting = ssl.create_default_context(cafile=cert)
    trusting.check_hostname = False

    def get(path: str, host: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPSConnection("127.0.0.2", port, timeout=20, context=trusting)
        connection.request("GET", path, headers={"host": host})
        return connection.getresponse()

    known = f"navaid.example:{port}"
    door = get("/records/open", known)
    assert door.status == 200
    assert door.headers["set-cookie"].startswith("__Host-navaid=")
    assert get("/", f"evil.example:{port}").status == 421


def test_accounts_need_one(serve: Serve) -> None:
    code, said = ended(serve("--accounts", "--port", "0"))
    assert code == 2
    assert "navaid accounts add" in said


def test_behind_a_proxy_its_name_is_answered_and_nobody_comes_in_without_signing_in(serve: Serve, home: Path) -> None:
    Accounts(home).add("Anna", Role.PERSON, PASSPHRASE)
    process = serve("--accounts", "--behind-proxy", "navaid.example", "--port", "0")
    line = told(process)
    assert "https://navaid.example" in line
    port = int(re.findall(r":(\d+)", line)[-1])
    answer = ask(port, host="navaid.example", x_forwarded_proto="https")
    assert answer.status == 303
    assert answer.headers["location"].startswith("/sign-in")
    assert "Secure" in (answer.headers["set-cookie"] or "Secure")
    assert ask(port, host="other.example").status == 421


@pytest.mark.parametrize(
    ("where", "reachable", "secure"),
    [
        (Listening(), False, False),
        (Listening("localhost"), False, False),
        (Listening("::1"), False, False),
        (Listening(proxy_names=("navaid.example",)), True, True),
        (Listening("192.168.0.5", unencrypted=True), True, False),
        (Listening("0.0.0.0", unencrypted=True), True, False),
    ],
)
def test_who_could_come(where: Listening, reachable: bool, secure: bool) -> None:
    where.check()
    assert (where.reachable, where.secure) == (reachable, secure)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.0.5", "navaid.example", "10.0.0.1", "8.8.8.8", "127.0.0.1.x"]
)
def test_no_other_address_is_opened_without_tls_by_accident(host: str) -> None:
    with pytest.raises(BadInput) as raised:
        Listening(host).check()
    assert "--tls-cert" in raised.value.fix


def test_certificates_that_will_not_do_are_told(certificate: tuple[Path, Path], tmp_path: Path) -> None:
    cert, key = certificate
    (tmp_path / "no.pem").write_text("nothing")
    for pair in ((cert, None), (None, key), (cert, tmp_path / "none"), (cert, tmp_path / "no.pem"), (key, cert)):
        with pytest.raises(BadInput):
            Listening("0.0.0.0", certificate=pair[0], key=pair[1]).check()
    Listening("0.0.0.0", certificate=cert, key=key).check()


@pytest.mark.parametrize("name", ["", "https://navaid.example", "a b", "navaid.example/x", "*", "a\r\nb"])
def test_a_proxys_name_is_a_name(name: str) -> None:
    with pytest.raises(BadInput):
        Listening(proxy_names=(name,)).check()


def test_names_are_those_that_a_browser_would_send(certificate: tuple[Path, Path]) -> None:
    cert, key = certificate
    assert Listening().names(8765) == {"127.0.0.1:8765", "localhost:8765", "[::1]:8765"}
    assert "localhost" in Listening().names(80)
    proxied = Listening(proxy_names=("Navaid.example", "other.example:8443")).names(8765)
    assert {"navaid.example", "navaid.example:443", "other.example:8443"} <= proxied
    secure = Listening("0.0.0.0", certificate=cert, key=key)
    assert "navaid.example:8765" in secure.names(8765)
    assert "navaid.example" in secure.names(443)
    assert not any("0.0.0.0" in name for name in secure.names(443))
    assert secure.address(8765) == "https://navaid.example:8765"


def test_an_empty_passphrase_keeps_nobody_out(tmp_path: Path) -> None:
    vault.create(tmp_path / "records", ways.passphrase(""))
    with pytest.raises(BadInput) as raised:
        run._has_passphrase(tmp_path / "records")
    assert "empty" in raised.value.what


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(BadInput):
        bind("203.0.113.9", 0)


def test_a_log_line_keeps_the_kind_of_an_error_and_drops_its_words(caplog: pytest.LogCaptureFixture) -> None:
    import logging

    log = logging.getLogger("uvicorn.error.test")
    log.addFilter(run.without_values)
    try:
        raise ValueError(CANARY)
    except ValueError:
        log.exception("in %s", CANARY)
    assert CANARY not in caplog.text
    assert "ValueError" in caplog.text


def test_a_request_that_never_ends_its_head_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_S", 0.3)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.6)  # an answer may take longer than a head
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    bound = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, http=patience.Patient, lifespan="off", log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        with socket.create_connection(bound.getsockname(), timeout=5) as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            assert slow.recv(10) == b""
        assert ask(bound.getsockname()[1]).read() == b"ok"
    finally:
        server.should_exit = True
        thread.join(10)
