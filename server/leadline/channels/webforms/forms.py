"""An own form: its fields, its texts, and whether what was filled in is right. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator

from leadline.channels.webforms.mapping import STANDARD, is_yes
from leadline.channels.webforms.words import LANGUAGES, words
from leadline.infra.web import Shape
from leadline.kit import email, phone, text
from leadline.kit.errors import Invalid

FieldKind = Literal[
    "text", "long_text", "email", "phone", "number", "choice", "multi_choice", "bool", "date", "url", "hidden"
]
FormKind = Literal["landing", "newsletter", "quote", "download", "webinar", "event"]
MAX_FIELDS = 40
MAX_TEXT = 5000
_WHO = frozenset({"name", "first_name", "last_name", "email", "phone"})
_EXAMPLES = {"IL": "050-123-4567", "US": "(201) 555-0123", "DE": "030 123456", "GB": "020 7946 0123"}


class ShowIf(Shape):
    """A field is asked for only when another one has this answer."""

    field: str = Field(max_length=60)
    equals: str = Field(max_length=200)


class FormField(Shape):
    """One field: its key is a standard field of a lead, a custom one, or a name of its own.

    A `later` one is asked only of visitors who come back, one at a time, in place of what they told before.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_.]{0,59}$")
    label: str = Field(min_length=1, max_length=200)
    type: FieldKind = "text"
    required: bool = False
    choices: list[str] = Field(default_factory=list, max_length=100)
    placeholder: str = Field("", max_length=200)
    show_if: ShowIf | None = None
    later: bool = False

    @field_validator("label", "placeholder")
    @classmethod
    def _clean(cls, value: str) -> str:
        return text.clean(value)

    @field_validator("choices")
    @classmethod
    def _clean_choices(cls, value: list[str]) -> list[str]:
        return [kept for kept in dict.fromkeys(text.clean(one, 200) for one in value) if kept]


class Form(Shape):
    """Everything about a form that is stored with its door."""

    title: str = Field("", max_length=200)
    intro: str = Field("", max_length=1000)
    fields: list[FormField] = Field(default_factory=list, min_length=1, max_length=MAX_FIELDS)
    button: str = Field("", max_length=60)
    thank_you: str = Field("", max_length=1000)
    consent_text: str = Field("", max_length=1000)
    consent_required: bool = False
    redirect_hosts: list[str] = Field(default_factory=list, max_length=20)
    allowed_origins: list[str] = Field(default_factory=list, max_length=20)
    source: str = Field("website", max_length=60)
    campaign: str = Field("", max_length=200)
    kind: FormKind = "landing"
    offer: str = Field("", max_length=200)
    download_url: str = Field("", max_length=2000)
    language: str = Field("en", max_length=10)
    proof_of_work: bool = False

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value.split("-")[0] not in LANGUAGES:
            raise ValueError(f"Choose one of {', '.join(LANGUAGES)}")
        return value

    @field_validator("download_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.lower().startswith(("https://", "http://")):
            raise ValueError("Write an address that begins with https://")
        return value

    @field_validator("redirect_hosts")
    @classmethod
    def _hosts(cls, value: list[str]) -> list[str]:
        hosts = [_host(one) for one in value]
        if not all(hosts):
            raise ValueError("Write hosts such as www.example.com")
        return list(dict.fromkeys(hosts))

    @field_validator("allowed_origins")
    @classmethod
    def _origins(cls, value: list[str]) -> list[str]:
        origins = [_origin(one) for one in value]
        if not all(origins):
            raise ValueError("Write origins such as https://www.example.com")
        return list(dict.fromkeys(origins))

    @model_validator(mode="after")
    def _usable(self) -> Form:
        keys = [field.key for field in self.fields]
        if len(set(keys)) != len(keys):
            raise ValueError("Two fields have the same key")
        if not {"email", "phone"} & {field.key for field in self.fields if not field.later}:
            raise ValueError("Ask for an e-mail address or a phone number, else nobody can answer")
        for field in self.fields:
            if field.type in ("choice", "multi_choice") and not field.choices:
                raise ValueError(f"The field {field.key} needs choices")
            if field.show_if and field.show_if.field not in keys:
                raise ValueError(f"The field {field.key} depends on a field that is not there")
        return self

    @property
    def progressive(self) -> bool:
        """Whether visitors who come back are asked something else."""
        return any(field.later for field in self.fields)

    def asked(self, told: Collection[str] = ()) -> list[FormField]:
        """The fields to show to whoever has told these before: what is missing, and the next later one."""
        first = [field for field in self.fields if not field.later]
        if not told or not self.progressive:
            return first
        following = [field for field in self.fields if field.later and field.key not in told][:1]
        missing = [f for f in self.fields if f in following or (not f.later and f.key not in told)]
        # Who has told everything may still have something to say.
        return missing or [one for one in first if one.key not in _WHO] or first

    @property
    def mapping(self) -> dict[str, str]:
        """Where each field's answer goes."""
        known = {field.key for field in self.fields if field.key in STANDARD or "." in field.key}
        return {field.key: field.key if field.key in known else "extra" for field in self.fields}


ShapeT = TypeVar("ShapeT", bound=Shape)


def checked(shape: type[ShapeT], given: Mapping[str, Any], prefix: str = "") -> ShapeT:
    """The values as this shape; Invalid (422) names the first field that is wrong."""
    try:
        return shape.model_validate(given)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(map(str, (*([prefix] if prefix else []), *first["loc"])))
        detail = first["msg"].removeprefix("Value error, ")
        raise Invalid(f"{where or 'form'}: {detail}.", field=where or None) from None


def first_form(language: str) -> Form:
    """The form every workspace begins with, in its language."""
    chosen = language.split("-")[0] if language.split("-")[0] in LANGUAGES else "en"
    say = words(chosen)
    return Form(
        title=say["title"],
        fields=[
            FormField(key="name", label=say["name"], required=True),
            FormField(key="email", label=say["email_label"], type="email"),
            FormField(key="phone", label=say["phone_label"], type="phone"),
            FormField(key="text", label=say["text"], type="long_text"),
        ],
        language=chosen,
    )


def mistakes(
    form: Form,
    answers: Mapping[str, Any],
    region: str,
    language: str,
    *,
    asked: Sequence[FormField] | None = None,
    reachable: bool = False,
) -> dict[str, str]:
    """By field key, the one sentence that says what to correct; empty when all is well.

    `asked` are the fields this visitor was shown, `reachable` says that we know how to answer already.
    """
    say = words(language)
    found: dict[str, str] = {}
    for field in form.asked() if asked is None else asked:
        if not is_asked(field, answers):
            continue
        given = answers.get(field.key)
        values = [text.clean(str(one)) for one in (given if isinstance(given, list) else [given]) if one]
        wrong = _mistake(field, [value for value in values if value], region, say)
        if wrong:
            found[field.key] = wrong
    keys = {field.key for field in form.fields}
    if (
        not found
        and not reachable
        and not any(_filled(answers, key) for key in ("email", "phone") if key in keys)
    ):
        found["email" if "email" in keys else "phone"] = say["reachable"]
    if form.consent_required and form.consent_text and not is_yes(answers.get("consent", "")):
        found["consent"] = say["consent"]
    return found


def is_asked(field: FormField, answers: Mapping[str, Any]) -> bool:
    """Whether the field is shown with these answers."""
    if field.show_if is None:
        return True
    given = answers.get(field.show_if.field)
    return field.show_if.equals in (
        [str(one) for one in given] if isinstance(given, list) else [str(given or "")]
    )


def _filled(answers: Mapping[str, Any], key: str) -> bool:
    return bool(str(answers.get(key) or "").strip())


def _mistake(field: FormField, values: Sequence[str], region: str, say: Mapping[str, str]) -> str:
    if not values:
        return say["required"] if field.required else ""
    if max(map(len, values)) > MAX_TEXT:
        return say["too_long"].format(most=MAX_TEXT)
    if field.type in ("choice", "multi_choice"):
        return "" if set(values) <= set(field.choices) else say["choice"]
    if field.type == "phone" or field.key == "phone":
        good = phone.parse(values[0], region).e164 is not None
        return "" if good else say["phone"].format(example=_EXAMPLES.get(region, "+44 20 7946 0123"))
    if field.type == "email" or field.key == "email":
        return "" if email.normalise(values[0]) else say["email"]
    return "" if _fits(field.type, values[0]) else say[field.type]


def _fits(kind: str, value: str) -> bool:
    if kind == "number":
        return value.replace(",", ".").lstrip("+-").replace(".", "", 1).isdecimal()
    if kind == "url":
        return value.lower().startswith(("http://", "https://"))
    if kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return True


def _host(value: str) -> str:
    bare = value.strip().lower()
    try:
        return (urlsplit(bare if "//" in bare else f"//{bare}").hostname or "") if " " not in bare else ""
    except ValueError:
        return ""


def _origin(value: str) -> str:
    try:
        parts = urlsplit(value.strip().lower())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    known = parts.scheme in ("http", "https") and parts.hostname
    return f"{parts.scheme}://{parts.hostname}{port}" if known else ""
