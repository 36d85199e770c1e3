"""The HTML part of a message: the same facts as the text part, from the template beside it."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from importer.reporting.message import Message

_ALARM, _CALM = "#b3261e", "#1a7f37"
"""Red and green on which white can be read, in light and in dark surroundings."""


def render_html(message: Message) -> str:
    """Plain HTML with inline styles: mail programs drop all others. Nothing is loaded from afar."""
    environment = Environment(
        loader=PackageLoader("importer.reporting", package_path=""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    is_calm = message.rows > 0 and not message.stayed_out and not message.stopped
    has_errors = any(each.is_error for each in message.causes)
    colour = _CALM if is_calm and not has_errors else _ALARM
    return environment.get_template("message.html").render(message=message, colour=colour)
