"""The SMS gateway played locally: it takes texts and shows them on a page."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from leadline.capture import actions as capture
from leadline.channels.sms.models import SandboxGateway, SandboxText
from leadline.infra import tenancy
from leadline.infra.language import speak
from leadline.kit import ids, json, signing
from leadline.kit.errors import Invalid
from leadline.workspaces import door
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

HOME = "/sandbox/sms/"
_SHOWN = 200
_STYLE = "/sandbox/sms/texts.css"


def set_up_gateway(actor: Actor) -> None:
    """A connected gateway in the sandbox for a new workspace."""
    token = signing.random_token()
    connection = capture.open_connection(
        actor,
        channel="sms",
        name="SMS (sandbox)",
        settings={"mode": "sandbox", "sender": "Leadline"},
        secrets={"token": token},
    )
    SandboxGateway.objects.create(connection_id=connection.id, token_digest=signing.token_digest(token))


@csrf_exempt
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take one text, as a gateway would."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    with tenancy.everywhere():
        gateway = SandboxGateway.objects.filter(token_digest=signing.token_digest(token)).first()
    if gateway is None:
        return JsonResponse({"error": "unknown token"}, status=401)
    if gateway.fault in {"refuse", "5xx"}:
        return JsonResponse({"error": "fault"}, status={"refuse": 400, "5xx": 503}[gateway.fault])
    try:
        body = json.loads(request.body)
    except Invalid as problem:
        return JsonResponse({"error": problem.detail}, status=400)
    if not isinstance(body, dict) or not body.get("to") or not body.get("text"):
        return JsonResponse({"error": "to and text are needed"}, status=400)
    with tenancy.workspace(gateway.workspace_id):
        taken = SandboxText.objects.create(
            id=ids.new_id(),
            gateway=gateway,
            to=str(body["to"])[:40],
            sender=str(body.get("from") or "")[:40],
            text=str(body["text"])[:2000],
            reference=str(body.get("reference") or "")[:100],
        )
    if gateway.fault == "lost_answer":
        return HttpResponse(b"", status=504)
    return JsonResponse({"id": f"sms-{taken.id}", "state": "sent"}, status=201)


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Every text of the workspace, newest first; for members only."""
    if not settings.ENV.sandbox:
        raise Http404
    actor = door.actor_of(request)
    if actor is None:
        return HttpResponseRedirect(f"/login?next={HOME}")
    if not actor.may(Right.SEND_MESSAGES):
        return HttpResponse("Your role may not see the sandbox.", status=403, content_type="text/plain")
    speak(actor.language, actor.zone)
    with tenancy.workspace(actor.workspace_id):
        texts = list(SandboxText.objects.order_by("-at", "-id")[:_SHOWN])
        return render(request, "sms_sandbox/texts.html", {"texts": texts, "style": _STYLE})


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """The page's style."""
    return HttpResponse(_CSS, content_type="text/css; charset=utf-8")


_CSS = """
:root { color-scheme: light dark; --bg: #f2f4f7; --card: #fff; --ink: #14191f; --soft: #5c6773;
  --line: #dfe4ea; }
@media (prefers-color-scheme: dark) { :root { --bg: #0c1014; --card: #171e25; --ink: #e8edf2; --soft: #97a3af;
  --line: #26303a; } }
body { margin: 0; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 560px; margin: 0 auto; padding: 24px 16px; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 12px 16px;
  margin: 10px 0; overflow-wrap: anywhere; }
header { display: flex; justify-content: space-between; gap: 12px; color: var(--soft); font-size: 13px; }
p { margin: 6px 0 0; }
"""
