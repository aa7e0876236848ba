"""Work that runs later, after the commit that asked for it; work that runs by the clock."""

from leadline.infra.jobs.background import RetryIn, background, every, nothing_follows

__all__ = ["RetryIn", "background", "every", "nothing_follows"]
