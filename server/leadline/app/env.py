"""The configuration by environment: every variable, its type and what it means."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """What the operator may set; everything has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="LEADLINE_", extra="ignore")

    home: Path | None = Field(None, description="Folder for the database, files and keys.")
    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8400, ge=1, le=65535, description="Port of the web server.")
    public_url: str = Field(
        "", description="Address people use, e.g. https://crm.example.com; used in links and cookies."
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs sessions and encrypts stored secrets; made on first start if empty."
    )
    database_url: str = Field(
        "", validation_alias="DATABASE_URL", description="PostgreSQL 15 or newer; empty = the embedded one."
    )
    web_processes: int = Field(2, ge=1, le=64, description="Processes that answer requests, one per core.")
    web_threads: int = Field(8, ge=1, le=128, description="Requests answered at the same time per process.")
    worker_threads: int = Field(4, ge=1, le=64, description="Jobs worked on at the same time.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    mail_url: str = Field(
        "", description="smtp://user:password@host:587; empty = mails are kept in the outbox only."
    )
    mail_from: str = Field("Leadline <leadline@localhost>", description="Sender of the product's own mails.")
    allow_private_addresses: bool = Field(
        False, description="Outgoing calls may reach private networks (needed by the sandbox)."
    )
    sandbox: bool = Field(True, description="Offer the built-in provider sandbox.")
    test_clock: bool = Field(False, description="Offer the product's test clock (never in production).")
    api_rate: float = Field(200, gt=0, description="Requests a second one member or API key may keep up.")
    api_burst: int = Field(2000, ge=1, description="Requests one member or API key may make at once.")
    test_db: str = Field("", description="Name of the test database, when several test runs share a server.")
    demo_password: SecretStr = Field(
        SecretStr(""), description="Set by `leadline demo`: the invented people log in with it."
    )
    debug: bool = Field(False, description="Show errors in the browser; for development only.")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The process's configuration, read once; raises pydantic's ValidationError with the variable's name."""
    return Environment()
