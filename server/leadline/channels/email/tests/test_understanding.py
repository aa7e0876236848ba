"""What a mail says: its parts, who speaks in it, and which of its words are new."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leadline.channels.email.finding import forwarded_by
from leadline.channels.email.tests.conftest import PAYLOADS, mail
from leadline.channels.email.understanding.bounces import Lasting, bounce_in, complained_about, message_id_in
from leadline.channels.email.understanding.html_text import text_of_html
from leadline.channels.email.understanding.kinds import Kind, kind_of
from leadline.channels.email.understanding.letter import Letter
from leadline.channels.email.understanding.own_words import looks_like_answer, own_words


def sample(name: str) -> Letter:
    return Letter((PAYLOADS / name).read_bytes())


def test_a_mail_is_read_in_its_own_encoding_with_name_subject_time_and_files() -> None:
    priya, weiss = sample("01-new-lead.eml"), sample("02-new-lead-attachment-latin1.eml")
    assert (priya.sender.name, priya.sender.address) == ("Priya Sharma (Bluewave)", "priya@bluewave.example")
    assert priya.subject == "Quote for 40 seats – urgent"
    assert priya.at == datetime(2026, 11, 16, 9, 12, 3, tzinfo=UTC)
    assert "budget ₹ 12 lakh" in priya.text
    assert "<script>" in priya.html
    assert "sales@crm.example.com" in priya.recipients
    assert weiss.subject == "Anfrage für 20 Lizenzen"
    assert weiss.text.endswith("bitte um ein Angebot für 20 Lizenzen.")
    assert [(one.name, one.mime) for one in weiss.attachments] == [
        ("Anforderungen größe.pdf", "application/pdf")
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("01-new-lead.eml", Kind.PERSON),
        ("03-reply-threaded.eml", Kind.PERSON),
        ("04-reply-without-references-outlook.eml", Kind.PERSON),
        ("05-auto-reply-rfc3834.eml", Kind.AUTO_REPLY),
        ("06-auto-reply-old-style-no-auto-submitted.eml", Kind.AUTO_REPLY),
        ("07-not-auto-despite-header.eml", Kind.PERSON),
        ("08-mailing-list.eml", Kind.BULK),
        ("09-bounce-hard-5.1.1.eml", Kind.BOUNCE),
        ("10-bounce-hard-5.4.4-domain.eml", Kind.BOUNCE),
        ("11-bounce-soft-4.2.2-delayed.eml", Kind.BOUNCE),
        ("12-bounce-policy-5.7.1.eml", Kind.BOUNCE),
        ("13-bounce-not-a-dsn.eml", Kind.BOUNCE),
        ("14-complaint-arf.eml", Kind.COMPLAINT),
        ("15-outgoing-campaign-one-click.eml", Kind.BULK),
        ("16-outgoing-auto-reply.eml", Kind.AUTO_REPLY),
    ],
)
def test_who_speaks_in_a_mail(name: str, kind: Kind) -> None:
    assert kind_of(sample(name)).kind is kind


@pytest.mark.parametrize(
    ("name", "address", "lasting", "ours"),
    [
        ("09-bounce-hard-5.1.1.eml", "nobody@client.example", Lasting.HARD, "out-7801-1@crm.example.com"),
        ("10-bounce-hard-5.4.4-domain.eml", "x@gone.example", Lasting.HARD, "out-7802-1@crm.example.com"),
        (
            "11-bounce-soft-4.2.2-delayed.eml",
            "full@client.example",
            Lasting.SOFT,
            "out-7803-1@crm.example.com",
        ),
        ("12-bounce-policy-5.7.1.eml", "boss@strict.example", Lasting.POLICY, "out-7804-1@crm.example.com"),
        ("13-bounce-not-a-dsn.eml", "old@legacy.example", Lasting.HARD, "out-7805-1@crm.example.com"),
    ],
)
def test_a_bounce_names_the_address_for_how_long_and_the_mail(
    name: str, address: str, lasting: Lasting, ours: str
) -> None:
    bounce = bounce_in(sample(name))
    assert bounce.worst is not None
    assert (bounce.worst.address, bounce.worst.lasting, bounce.message_id) == (address, lasting, ours)


def test_a_complaint_names_who_complained_and_about_which_mail() -> None:
    complaint = sample("14-complaint-arf.eml")
    assert complained_about(complaint) == "carla@isp.example"
    assert message_id_in(complaint) == "camp-12-carla@crm.example.com"


def test_a_form_that_writes_as_nobody_but_names_a_person_is_that_persons_inquiry() -> None:
    form = mail("no-reply@portal.example", "a@b.example", "New", "Hi", Reply_To="Dana <dana@x.example>")
    machine = mail("no-reply@portal.example", "a@b.example", "Your invoice", "Hi")
    assert kind_of(Letter(form)).kind is Kind.PERSON
    assert kind_of(Letter(machine)).kind is Kind.BULK


def test_a_person_who_speaks_of_failures_is_no_bounce() -> None:
    text = "My mail came back with 550 5.1.1 user unknown. Which address do I use?"
    asked = mail("Tom <tom@client.example>", "sales@b.example", "Undelivered: what now?", text)
    assert kind_of(Letter(asked)).kind is Kind.PERSON


ANSWERS = [
    ("Yes.\n\nOn Mon, 16 Nov 2026 at 10:58, Sales <s@x.example> wrote:\n\n> Hi\n> there", "Yes."),
    ("כן, מתאים.\n\nבתאריך 16 בנוב׳ 2026 ב-10:58 מאת <\u202as@x.example\u202c>:\n\n> שלום", "כן, מתאים."),
    ("Sí.\n\nDe: Sales <s@x.example>\nEnviado: 16 noviembre 2026 10:58\nPara: Ana\nAsunto: Hola", "Sí."),
    ("好的。\n\n在 2026年11月16日 10:58，Sales <s@x.example> 写道：\n\n> 你好", "好的。"),
    ("Am 12.05.2026 gern.\n\nAm 3.5.2026 11:00 schrieb Max <m@x.example>:\n> Hi", "Am 12.05.2026 gern."),
    ("Fine\n\nSent from my iPhone\n\n> On 3 May 2026, Max <m@x.example> wrote:\n> Hi", "Fine"),
    ("Fine\n-- \nTom Lee\nClient Ltd", "Fine"),
    ("On 3 May 2026 10:00, Max <m@x.example> wrote:\n> Shall we?\n\nYes, we shall.", "Yes, we shall."),
    ("> Shall we?\nYes.\n> When?\nOn Friday.", "> Shall we?\nYes.\n> When?\nOn Friday."),
    ("> nothing but a quote", "> nothing but a quote"),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "words"), ANSWERS)
def test_the_new_words_of_an_answer_are_found_in_every_language(whole: str, words: str) -> None:
    assert own_words(whole) == words


def test_a_subject_tells_an_answer_by_its_shape() -> None:
    assert all(map(looks_like_answer, ("Re: x", "AW: x", "RE[2]: x", "תשובה: x", "回复：x")))
    assert not any(map(looks_like_answer, ("Quote", "Fwd: x", "WG: x", "12: x", "Question about: x")))


GMAIL = "On 3 May 2026, A &lt;a@x.example&gt; wrote:<blockquote>Hi</blockquote>"
BORDERED = '<div id="divRplyFwdMsg"><b>From:</b> A</div><div>Hi</div>'


@pytest.mark.parametrize(
    "html",
    [
        f'<div>Yes.</div><div class="gmail_quote">{GMAIL}</div>',
        f'<p>Yes.</p><div id="appendonsend"></div><hr>{BORDERED}',
        'Yes.<br><div class="moz-cite-prefix">On 3.5.2026:</div><blockquote type="cite">Hi</blockquote>',
        '<div>Yes.<hr id="stopSpelling">Date: today<br>From: a@x.example</div>',
    ],
)
def test_html_mails_are_cut_where_programs_put_the_old_mail(html: str) -> None:
    assert own_words(text_of_html(html)) == "Yes."


def test_html_becomes_text_without_scripts_and_styles() -> None:
    html = "<style>p{}</style><p>Hello&nbsp;<b>Dana</b></p><script>x()</script><ul><li>one<li>two</ul>"
    assert text_of_html(html) == "Hello Dana\n\none\ntwo"


def test_the_strangest_bytes_are_still_a_mail() -> None:
    for raw in (
        b"",
        b"\xff\xfe\x00",
        b"From: \xe4\xf6@x\nSubject: =?utf-8?q?=ff?=\nDate: 99 Foo\n\n\xff",
        b"\n" * 99,
    ):
        letter = Letter(raw)
        assert isinstance(kind_of(letter).kind, Kind)
        assert isinstance(own_words(letter.text or text_of_html(letter.html)), str)
        assert bounce_in(letter).worst is not None
        assert letter.attachments == []
    assert Letter("Subject: Grüße\n\nx".encode()).subject == "Grüße"


def test_a_mail_made_to_take_for_ever_is_read_all_the_same() -> None:
    endless = (
        "a" * 150_000,
        "\n" * 150_000,
        "> " * 70_000,
        "<img " * 40_000,
        "x@" * 70_000,
        "From: a@" * 20_000,
    )
    for text in endless:
        letter = Letter(
            f"From: mailer-daemon@x.example\nSubject: Re: {text[:90].strip()}\n\n{text}\n1".encode()
        )
        assert isinstance(kind_of(letter).kind, Kind)
        assert own_words(text) is not None
        assert bounce_in(letter).worst is not None
        assert forwarded_by(text, frozenset()) is None
        assert text_of_html(text) is not None
