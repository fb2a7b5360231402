"""Sample automations: Prefect tells the operator when the monitor is late, fails twice, or a feed is unwell.

    OPERATOR_WEBHOOK='https://...' python deployments/automations.py

The address takes a POST of {"text": ...}, as Slack and Mattermost do, and goes into a Prefect block.
Run again, this replaces what it made before.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import timedelta
from typing import Any, cast

from prefect.automations import Automation
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.events.actions import SendNotification
from prefect.events.schemas.automations import EventTrigger, Posture

BLOCK = "basewatch-operator"
MONITOR = {"prefect.resource.id": "prefect.flow-run.*"}
RELATED = {"prefect.resource.role": "flow", "prefect.resource.name": "monitor"}


def triggers() -> dict[str, tuple[str, EventTrigger]]:
    """Name of each automation: what it says, and when."""
    return {
        "basewatch: no run has finished for an hour": (
            "The monitor has finished no run for an hour; `basewatch status` and `basewatch doctor` tell",
            EventTrigger(
                match=MONITOR,
                match_related=RELATED,
                expect={"prefect.flow-run.Completed"},
                posture=Posture.Proactive,
                threshold=1,
                within=timedelta(hours=1),
            ),
        ),
        "basewatch: the monitor failed twice": (
            "Two runs of the monitor failed within an hour.",
            EventTrigger(
                match=MONITOR,
                match_related=RELATED,
                expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
                posture=Posture.Reactive,
                threshold=2,
                within=timedelta(hours=1),
            ),
        ),
        "basewatch: a feed is in trouble": (
            "{{ event.resource.id }}: {{ event.payload.verdict }}: {{ event.payload.reason }}",
            EventTrigger(
                match={"prefect.resource.id": "basewatch.source.*"},
                expect={"basewatch.source.unhealthy"},
                posture=Posture.Reactive,
                threshold=1,
                within=timedelta(0),
            ),
        ),
    }


def main() -> None:
    """Make or replace them."""
    url = os.environ.get("OPERATOR_WEBHOOK")
    if not url:
        sys.exit("OPERATOR_WEBHOOK is not set: an address that takes a POST of {'text': ...}")
    block: Any = CustomWebhookNotificationBlock(
        name="operator",
        url=url,
        method="POST",
        json_data={"text": "{{subject}}\n{{body}}"},
        allow_private_urls=True,  # the operator's own address, which may well be inside
    )
    block_id = block.save(BLOCK, overwrite=True)
    for name, (words, trigger) in triggers().items():
        action = SendNotification(block_document_id=block_id, subject=name, body=words)
        replace(Automation(name=name, trigger=trigger, actions=[action], enabled=True))
        print(name)


def replace(automation: Automation) -> None:
    """Of one name there is one."""
    with suppress(ValueError):
        cast(Any, Automation.read(name=automation.name)).delete()
    automation.create()


if __name__ == "__main__":
    main()
