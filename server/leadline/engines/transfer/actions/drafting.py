"""Bring a file, look at it, and say where its columns go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any
from uuid import UUID

from django.conf import settings

from leadline.engines.transfer import guessing, mapping, policy, queries, reading
from leadline.engines.transfer.models import Import, RememberedMapping
from leadline.engines.transfer.reading import Form, Unreadable
from leadline.engines.transfer.rules import COUNTED_AT_ONCE, EXTRA, MAX_ROWS, State, headers_digest
from leadline.infra import files, lookup, tenancy
from leadline.infra.jobs import background
from leadline.kit.errors import Conflict
from leadline.kit.sentences import say
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.door import actor_of_member
from leadline.workspaces.policy import visible_members
from leadline.workspaces.rules import Right


def start_import(
    actor: Actor, file: Any, *, name: str, object_type: str, import_id: UUID | None = None
) -> Import:
    """Keep the file and propose how to take it in; Unreadable (422) in plain words when it is no list.

    The same id twice is the same import.
    """
    actor.require(Right.CHANGE_CAPTURE)
    target = mapping.target_of(object_type)
    if import_id is not None:
        known = policy.changeable_imports(actor).filter(id=import_id).first()
        if known is not None:
            return known
    form = reading.recognise(file)
    run = Import(
        object_type=target.object_type, name=name[:255], form=form.data, options=dict(mapping.DEFAULTS)
    )
    if import_id is not None:
        run.id = import_id
    _look(run, file)
    run.file = files.store_stream(name, file)
    run.by_id, run.by_name = actor.member_id, actor.name
    _propose(run)
    run.save(force_insert=True)
    audit.record(actor, "import.started", "import", run.id, {"name": run.name, "rows": run.rows})
    _count_later(run)
    return run


def change_import(actor: Actor, import_id: UUID, changes: Mapping[str, Any]) -> Import:
    """Change how the file is read (`form`), where its columns go (`mapping`) and the terms (`options`)."""
    run = _draft(actor, import_id)
    if changes.get("form"):
        run.form = Form.of({**run.form, **changes["form"]}).data
        with files.opened(run.file_id) as file:
            _look(run, file)
        _propose(run)
    if "mapping" in changes:
        columns = mapping.target_of(run.object_type).columns()
        run.mapping = mapping.checked(changes["mapping"], columns, run.columns)
    if changes.get("options"):
        run.options = {**run.options, **changes["options"]}
    run.counts = None
    run.save()
    _count_later(run)
    return run


def drop_import(actor: Actor, import_id: UUID) -> None:
    """Forget a draft and its file's row; Conflict (409) for what has been run."""
    run = _draft(actor, import_id)
    run.delete()
    run.file.delete()


def remember(run: Import) -> None:
    """Propose the same for the next file with these columns; one statement."""
    RememberedMapping.objects.bulk_create(
        [RememberedMapping(object_type=run.object_type, digest=_digest(run), mapping=run.mapping)],
        update_conflicts=True,
        unique_fields=["workspace_id", "object_type", "digest"],
        update_fields=["mapping"],
    )


def importer(run: Import) -> Actor:
    """Whoever brought the file, for jobs that act in their name; the product when they are gone."""
    product = Actor.product(run.workspace_id)
    member = visible_members(product).filter(id=run.by_id).first() if run.by_id else None
    return actor_of_member(member, frozenset()) if member else product


@background(retries=2, name="transfer.count")
def count(*, workspace_id: str, import_id: str, version: int) -> None:
    """Count what would become of all rows of a large file; what was changed meanwhile is not counted."""
    with tenancy.workspace(UUID(workspace_id)):
        run = Import.objects.filter(id=import_id, version=version, state=State.DRAFT).first()
        if run is None:
            return
        counts = queries.Counts()
        for verdicts in queries.judged(importer(run), run, most=run.rows):
            counts.add(verdicts)
        # The count is no change of the draft: the version stays.
        Import.objects.filter(id=run.id, version=version).update(counts=vars(counts))


def _draft(actor: Actor, import_id: UUID) -> Import:
    run = lookup.lock(policy.changeable_imports(actor), import_id)
    if run.state != State.DRAFT:
        raise Conflict("This import has been started already. Bring the file again to change how it is read.")
    return run


def _look(run: Import, file: IO[bytes]) -> None:
    form = Form.of(run.form)
    headers = reading.headers(file, form)
    if not headers:
        raise Unreadable("This file has no columns.")
    seen, run.rows = guessing.look_at(headers, reading.rows(file, form, len(headers)))
    if run.rows == 0:
        raise Unreadable("This file has a heading but no rows.")
    if run.rows > MAX_ROWS:
        raise Unreadable(say("The file has more than {n} rows. Bring it in parts.", n=MAX_ROWS))
    columns = mapping.target_of(run.object_type).columns()
    run.columns = [one.data for one in seen]
    guessed = guessing.guess(seen, columns, dict(settings.LANGUAGES))
    run.mapping = [mapping.entry(to, column) for to, column in zip(guessed, run.columns, strict=True)]


def _propose(run: Import) -> None:
    """What was chosen for such a file before is proposed again, where it still fits."""
    before = RememberedMapping.objects.filter(object_type=run.object_type, digest=_digest(run)).first()
    if before is None or len(before.mapping) != len(run.mapping):
        return
    known = {column.field.key for column in mapping.target_of(run.object_type).columns()} | {"", EXTRA}
    for guessed, chosen in zip(run.mapping, before.mapping, strict=True):
        if chosen["to"] in known:
            guessed.update(to=chosen["to"], mode=chosen["mode"])
            guessed["dates"] = guessed["dates"] or chosen.get("dates")


def _digest(run: Import) -> str:
    return headers_digest([str(column["header"]) for column in run.columns])


def _count_later(run: Import) -> None:
    if run.rows > COUNTED_AT_ONCE:
        count.later(workspace_id=str(run.workspace_id), import_id=str(run.id), version=run.version)
