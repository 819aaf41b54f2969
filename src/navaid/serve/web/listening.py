"""Where the server listens: what makes an address fit for more than this machine, and the names it is known by."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
from pathlib import Path

from navaid.errors import BadInput
from navaid.terms import Record

_NAME = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Listening(Record, frozen=True):
    """What `navaid serve` was told about its address. `proxy_names` are what browsers call the proxy before it."""

    host: str = "127.0.0.1"
    port: int = 0
    certificate: Path | None = None
    key: Path | None = None
    proxy_names: tuple[str, ...] = ()
    unencrypted: bool = False

    @property
    def reachable(self) -> bool:
        """Whether others than this machine may come: by the address itself, or through a proxy."""
        return not is_loopback(self.host) or bool(self.proxy_names)

    @property
    def secure(self) -> bool:
        """Whether browsers come by TLS: ours, or that of the proxy."""
        return self.certificate is not None or bool(self.proxy_names)

    def check(self) -> None:
        """Returns if this address may be opened. Raises BadInput."""
        if (self.certificate is None) != (self.key is None):
            raise BadInput(
                "TLS needs both halves", where="--tls-cert, --tls-key", fix="give the certificate and its key"
            )
        if self.certificate and self.key:
            _usable(self.certificate, self.key)
        for name in self.proxy_names:
            if not _NAME.fullmatch(name):
                raise BadInput(
                    "this is no host's name", where="--behind-proxy", fix="give it such as navaid.example.org"
                )
        if not is_loopback(self.host) and self.certificate is None and not self.unencrypted:
            raise BadInput(
                "others could reach this address, and nothing would be encrypted on the way",
                where=f"--host {self.host}",
                fix="give --tls-cert and --tls-key; or listen on 127.0.0.1 and put a proxy with TLS before it "
                "(--behind-proxy NAME); see docs/web-security.md",
            )

    def names(self, port: int) -> frozenset[str]:
        """What the Host header may say: nothing else is answered, whatever a name server says of us."""
        scheme = "https" if self.certificate else "http"
        known = set(_LOOPBACK) if is_loopback(self.host) or _is_any(self.host) else set()
        known |= {_bracketed(self.host)} if not _is_any(self.host) else _own_names()
        known |= _of_certificate(self.certificate) if self.certificate else set()
        found = {f"{name}:{port}" for name in known}
        found |= known if port == {"http": 80, "https": 443}[scheme] else set()
        for name in self.proxy_names:
            found |= {name, name if re.search(r":\d+$", name) else f"{name}:443"}
        return frozenset(name.lower() for name in found)

    def address(self, port: int) -> str:
        """Where to go."""
        if self.proxy_names:
            return f"https://{self.proxy_names[0]} (through the proxy; here {_bracketed(self.host)}:{port})"
        name = _bracketed(self.host)
        if self.certificate and (named := _of_certificate(self.certificate)):
            name = name if name in named else min(named, key=lambda one: (not one[-1].isalpha(), one))
        return f"{'https' if self.certificate else 'http'}://{name}:{port}"


def is_loopback(host: str) -> bool:
    """Whether this address is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bind(host: str, port: int) -> socket.socket:
    """A socket at this address. Raises BadInput, with the reason in plain words."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except (OSError, UnicodeError) as error:
        made.close()
        taken = isinstance(error, OSError) and error.errno in (48, 98, 10048)
        reason = (
            "something else uses it, perhaps another Navaid"
            if taken
            else getattr(error, "strerror", "") or "no such address"
        )
        raise BadInput(
            f"port {port} of {host} cannot be used: {reason}",
            where="navaid serve",
            fix="stop the other one, or give another port: `--port 0` takes any free one",
        ) from None
    return made


def _is_any(host: str) -> bool:
    return host in ("0.0.0.0", "::")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _own_names() -> set[str]:
    return {socket.gethostname()}


def _of_certificate(path: Path) -> set[str]:
    """The names and addresses that the certificate is for; one for `*.example` names none."""
    from cryptography import x509

    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, OSError, x509.ExtensionNotFound):
        return set()
    hosts = {name for name in names.get_values_for_type(x509.DNSName) if "*" not in name}
    return hosts | {_bracketed(str(one)) for one in names.get_values_for_type(x509.IPAddress)}


def _usable(certificate: Path, key: Path) -> None:
    for path in (certificate, key):
        if not path.is_file():
            raise BadInput("there is no such file", where=str(path), fix="check its name")
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password=lambda: "")
    except (ssl.SSLError, OSError, ValueError):
        raise BadInput(
            "this certificate and key cannot be used together",
            where=f"{certificate}, {key}",
            fix="give a certificate in PEM form and its own key, without a passphrase on the key",
        ) from None
