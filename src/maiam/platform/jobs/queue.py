"""The queue (procrastinate): how a job is declared, and how a job whose worker was killed runs again.

A job takes ids, may run twice, and makes one service call. `@every("* * * * *")` names a clockwork job.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from maiam.platform.access import Actor, acting

QUEUE = "house"
HEARTBEAT_SECONDS = 2.0
STALLED_AFTER_SECONDS = 6.0
MOST_ATTEMPTS = 5

Task = Callable[[datetime], object]
Steps = Callable[[datetime], Iterator[object]]


def every(cron: str) -> Callable[[Task], Task]:
    """Run the function by the clock, once at a time, as the house itself; it is given the present moment."""

    def declare(task: Task) -> Task:
        name = f"{task.__module__}.{task.__qualname__}"

        def run(timestamp: int) -> None:
            with acting(Actor.system(name)):
                task(timezone.now())

        scheduled = app.task(name=name, queue=QUEUE, queueing_lock=name, lock=name)(run)
        app.periodic(cron=cron)(scheduled)
        return task

    return declare


def deferred(task: Callable[..., object]) -> Callable[..., None]:
    """Declare a job; calling the result puts it on the queue, within the caller's transaction."""
    name = f"{task.__module__}.{task.__qualname__}"

    def run(**arguments: object) -> None:
        with acting(Actor.system(name)):
            task(now=timezone.now(), **arguments)

    job = app.task(name=name, queue=QUEUE, retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=2))(run)

    def put(**arguments: object) -> None:
        job.defer(**arguments)

    return put


_END = object()


def every_in_steps(cron: str) -> Callable[[Steps], Steps]:
    """Run long work by the clock, once at a time: it yields between its steps, each a transaction of its own.

    Killed, it is begun anew: what a step has done, the work must find done.
    """

    def declare(task: Steps) -> Steps:
        name = f"{task.__module__}.{task.__qualname__}"

        def run(timestamp: int) -> None:
            steps, is_going = task(timezone.now()), True
            while is_going:
                with acting(Actor.system(name)):
                    is_going = next(steps, _END) is not _END

        scheduled = app.task(name=name, queue=QUEUE, queueing_lock=name, lock=name)(run)
        app.periodic(cron=cron)(scheduled)
        return task

    return declare


@app.periodic(cron="* * * * * */3")
@app.task(name="maiam.platform.jobs.revive", queue=QUEUE, queueing_lock="revive", pass_context=True)
async def revive(context: JobContext, timestamp: int) -> None:
    """Put jobs whose worker died back on the queue; nothing else would."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        if job.attempts >= MOST_ATTEMPTS or not await _is_put_back(manager, job):
            # Left as it is, it would hold its lock for ever, and nothing of its kind would ever run again.
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)


async def _is_put_back(manager: JobManager, job: Job) -> bool:
    """Put a job back in line. False where the clock struck again while it lay dead: then its successor is in line."""
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        return False
    return True
