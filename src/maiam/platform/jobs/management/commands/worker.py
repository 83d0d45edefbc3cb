from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from maiam.platform import collector
from maiam.platform.jobs import queue


class Command(BaseCommand):
    help = "Work on the queue until told to stop."

    def handle(self, **_: Any) -> None:
        collector.slow_down()
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(
                queues=[queue.QUEUE],
                concurrency=2,
                update_heartbeat_interval=queue.HEARTBEAT_SECONDS,
                stalled_worker_timeout=queue.STALLED_AFTER_SECONDS,
                shutdown_graceful_timeout=10,
                fetch_job_polling_interval=2,
            )
