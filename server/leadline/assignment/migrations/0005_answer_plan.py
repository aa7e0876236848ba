import django.db.models.deletion
from django.db import migrations, models

import leadline.assignment.models
import leadline.infra.tenancy
import leadline.kit.clock
import leadline.kit.ids


def entity_fields():
    return [
        (
            "id",
            models.UUIDField(
                default=leadline.kit.ids.new_id, editable=False, primary_key=True, serialize=False
            ),
        ),
        ("created_at", models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
        ("updated_at", models.DateTimeField(default=leadline.kit.clock.now, editable=False)),
        ("version", models.PositiveIntegerField(default=1)),
        (
            "workspace_id",
            models.UUIDField(default=leadline.infra.tenancy.require_current, editable=False),
        ),
    ]


class Migration(migrations.Migration):
    """A chain after the breach, pauses, hours of teams, and leads for whoever has the company."""

    dependencies = [
        ("assignment", "0004_turns_by_share"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerPlan",
            fields=[
                *entity_fields(),
                ("chain", models.JSONField(default=leadline.assignment.models._default_chain)),
                ("pauses", models.JSONField(default=list)),
                ("first_step", models.CharField(blank=True, max_length=300)),
                ("first_step_minutes", models.PositiveIntegerField(null=True)),
            ],
            options={"verbose_name": "answer plan"},
        ),
        migrations.CreateModel(
            name="TeamHours",
            fields=[
                *entity_fields(),
                ("timezone", models.CharField(blank=True, max_length=64)),
                ("weekly", models.JSONField(default=dict)),
                ("holidays", models.JSONField(default=list)),
                ("business_holidays", models.BooleanField(default=True)),
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="workspaces.team",
                    ),
                ),
            ],
            options={"verbose_name": "hours of a team"},
        ),
        migrations.AddConstraint(
            model_name="answerplan",
            constraint=models.UniqueConstraint(fields=("workspace_id",), name="answer_plan_once"),
        ),
        migrations.AddField(
            model_name="slaclock",
            name="escalations",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="slaclock",
            name="pauses",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="slaclock",
            name="paused_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AlterField(
            model_name="assignmentrule",
            name="target_kind",
            field=models.CharField(
                choices=[
                    ("team", "team"),
                    ("member", "member"),
                    ("contact_owner", "contact_owner"),
                    ("company_owner", "company_owner"),
                    ("queue", "queue"),
                ],
                max_length=14,
            ),
        ),
        migrations.RemoveConstraint(model_name="assignmentrule", name="rule_names_its_target"),
        migrations.AddConstraint(
            model_name="assignmentrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("member", None), ("target_kind__in", ["team", "queue"]), ("team__isnull", False)
                    ),
                    models.Q(("member__isnull", False), ("target_kind", "member"), ("team", None)),
                    models.Q(
                        ("member", None),
                        ("target_kind__in", ["contact_owner", "company_owner"]),
                        ("team", None),
                    ),
                    _connector="OR",
                ),
                name="rule_names_its_target",
            ),
        ),
    ]
