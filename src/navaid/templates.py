"""Templates and style sheets of the pages that are files of their own: they lie beside the code that fills them."""

from __future__ import annotations

import functools
import importlib.resources

import jinja2


@functools.cache
def template(package: str, name: str) -> jinja2.Template:
    """The template of this name in a package. It escapes what it is given; a name that it is not given is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda wanted: text(package, wanted)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template(name)


@functools.cache
def text(package: str, name: str) -> str:
    """A file of a package, as it stands."""
    return importlib.resources.files(package).joinpath(name).read_text("utf-8")
