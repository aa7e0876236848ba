"""Website forms: our own, hosted and embedded, and the webhooks of form tools."""

from __future__ import annotations

from leadline.capture import actions as capture
from leadline.capture.ports import offer_adapter, offer_door
from leadline.channels.webforms.adapters import FORM_HOOK, OWN_FORM, FormAdapter
from leadline.channels.webforms.doors import HOOK_DOOR
from leadline.channels.webforms.forms import first_form
from leadline.workspaces import offers
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

offer_adapter(FormAdapter(OWN_FORM))
offer_adapter(FormAdapter(FORM_HOOK))
offer_door(HOOK_DOOR)


@offers.on_created
def open_first_form(actor: Actor) -> None:
    """Every workspace begins with a contact form that works."""
    form = first_form(own_workspace(actor).language)
    capture.open_connection(actor, channel=OWN_FORM, name=form.title, settings=form.model_dump())
