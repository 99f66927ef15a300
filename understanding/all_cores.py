"""Large tables, some rows at a time, each core by itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from threadpoolctl import threadpool_limits

CORES = os.cpu_count() or 1
ROWS_AT_ONCE = 512


def on_all_cores(work: Callable[[slice], None], count: int) -> None:
    """Call `work` with slices that together are `count` rows, in several threads at once. Raises what it raises.

    The algebra of each is held to one core: numpy changes precision and takes rows on one core only, which costs as
    much as the products.
    """
    parts = [slice(start, start + ROWS_AT_ONCE) for start in range(0, count, ROWS_AT_ONCE)]
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(CORES) as workers:
        list(workers.map(work, parts))
