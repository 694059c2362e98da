"""Grade ids taken apart. Apart from notebooks, so that commands without one start in half a second."""

from __future__ import annotations

import re
from dataclasses import dataclass

from staff.config import Tier, tier_of

GRADE_ID = re.compile(r"^(?P<module>m\d)-(?P<task>E\d+|D\d+|AB\d+)-(?P<role>spec|code|check|hidden|answer|reflect)(?:-(?P<slug>[a-z0-9_]+))?$")


@dataclass(frozen=True)
class GradeId:
    """`m3-D1-hidden-shapes` taken apart."""

    module: str
    task: str
    role: str
    slug: str | None = None

    @classmethod
    def parse(cls, text: str) -> GradeId | None:
        match = GRADE_ID.match(text)
        return cls(**match.groupdict()) if match else None

    @property
    def tier(self) -> Tier:
        return tier_of(self.task)

    @property
    def point_key(self) -> str:
        """The key under `points` in course.yml: `hidden` or `hidden-shapes`."""
        return f"{self.role}-{self.slug}" if self.slug else self.role

    def __str__(self) -> str:
        return f"{self.module}-{self.task}-{self.point_key}"
