"""Where a model is: its server's address and its name, as settings write them (`http://host/v1#model`).

Addresses are read by one strict pattern, and only what it lets through is ever connected to. So there is
no second reader that could take another host out of the same text.
"""

from __future__ import annotations

import ipaddress
import re

from navaid.errors import BadInput
from navaid.terms import Record

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://"
    rf"(?P<host>\[[0-9a-f:.]+\]|{_LABEL}(?:\.{_LABEL})*)"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?:/[A-Za-z0-9._~-]+)*)/?",
    re.IGNORECASE,
)
_MODEL = re.compile(r"[\w./:@+-]{1,200}", re.ASCII)
# Ollama's hosted models are called through the server on this machine, and run on ollama.com: their
# names end in `-cloud` or in the tag `cloud` (docs.ollama.com/cloud, read in November 2026).
_OLLAMA_CLOUD = re.compile(r"[:-]cloud$", re.IGNORECASE)


class Endpoint(Record, frozen=True):
    """A model behind an OpenAI-compatible server. `base` has no slash at its end."""

    base: str
    model: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, written the same way for the same server."""
        found = _ADDRESS.fullmatch(self.base)
        assert found is not None  # only `parse` makes these
        scheme = found["scheme"].lower()
        port = int(found["port"] or (443 if scheme == "https" else 80))
        return f"{scheme}://{found['host'].lower()}:{port}"

    @property
    def leaves(self) -> bool:
        """Whether what is sent there leaves this machine, as far as the address and the name tell."""
        return not is_loopback(self.base) or bool(_OLLAMA_CLOUD.search(self.model))

    @property
    def destination(self) -> str:
        """Who receives what is sent: what a person agrees to."""
        return f"ollama.com through {self.origin}" if self.leaves and is_loopback(self.base) else self.origin

    @property
    def encrypted(self) -> bool:
        return self.base.lower().startswith("https://")


def is_loopback(url: str) -> bool:
    """Whether the address is this machine by its own letters; no name is looked up but `localhost`.

    >>> [is_loopback(u) for u in ("http://127.0.0.1:11434/v1", "http://[::1]/v1", "http://LOCALHOST/v1")]
    [True, True, True]
    >>> [is_loopback(u) for u in ("http://127.0.0.1.example.com", "http://0.0.0.0", "http://127.1", "localhost")]
    [False, False, False, False]
    """
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return False
    host = found["host"].lower()
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return address.is_loopback and getattr(address, "ipv4_mapped", None) is None


def _is_host(host: str) -> bool:
    """Whether what stands in brackets is an address; a name is judged by the pattern alone."""
    try:
        return not host.startswith("[") or bool(ipaddress.IPv6Address(host.strip("[]")))
    except ValueError:
        return False


def parse(setting: str, *, name: str = "chat") -> Endpoint:
    """The endpoint that a setting names. Raises BadInput, without repeating what could hold a key.

    >>> parse("http://127.0.0.1:11434/v1/#llama3.2:3b")
    Endpoint(base='http://127.0.0.1:11434/v1', model='llama3.2:3b')
    """
    address, _, model = setting.strip().partition("#")
    found = _ADDRESS.fullmatch(address)
    fault = ""
    if "@" in address.partition("://")[2].partition("/")[0]:
        fault = "holds a name or password before the host"
    elif found is None or int(found["port"] or 1) not in range(1, 65536) or not _is_host(found["host"]):
        fault = "does not name a server"
    elif not _MODEL.fullmatch(model):
        fault = "does not name a model after `#`"
    if fault:
        raise BadInput(
            f"the setting `{name}` {fault}",
            where=f"NAVAID_{name.upper()} or settings.toml",
            fix=f"write it as http://127.0.0.1:11434/v1#model; a key goes into NAVAID_{name.upper()}_KEY",
        )
    return Endpoint(base=address.rstrip("/"), model=model)
