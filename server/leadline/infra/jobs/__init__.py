"""Work after the commit, and work by the clock."""

from leadline.infra.jobs.background import background, every

__all__ = ["background", "every"]
