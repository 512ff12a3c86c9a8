"""How often one may try: sign-in, opening a link, calling the API. Counted in this process's memory."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.errors import TooManyError

SIGN_IN = RateLimitItemPerMinute(20, namespace="sign-in")
SIGN_IN_NAME = RateLimitItemPerHour(60, namespace="sign-in-name")
LINK = RateLimitItemPerMinute(120, namespace="link")
LINK_MISS = RateLimitItemPerHour(30, namespace="link-miss")


class Limits:
    """Counters of attempts by kind and by whoever tries."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, item: RateLimitItem, who: str) -> None:
        """Count one attempt; TooManyError when that is one too many."""
        if not self._limiter.hit(item, who):
            raise TooManyError(seconds=self._wait(item, who))

    def check(self, item: RateLimitItem, who: str) -> None:
        """Raise TooManyError if no attempt is left, without counting one."""
        if not self._limiter.test(item, who):
            raise TooManyError(seconds=self._wait(item, who))

    def _wait(self, item: RateLimitItem, who: str) -> int:
        reset = self._limiter.get_window_stats(item, who).reset_time
        return max(1, math.ceil(reset - time.time()))
