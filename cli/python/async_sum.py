# Two sums in turn, a second of sleep between their steps cut to a tenth: the
# program that asyncio is often first shown with.
import asyncio
from datetime import datetime


async def async_sum(cr_name, input_lst):
    r = 0
    comp_unit = 100  # add 100 numbers, then sleep
    for i in range(0, len(input_lst) // comp_unit + 1):
        print("{} start at {}".format(cr_name, datetime.now()))
        r = r + sum(input_lst[i * comp_unit:(i + 1) * comp_unit])
        print("{} stops at {}".format(cr_name, datetime.now()))
        await asyncio.sleep(0.1)
    return r


async def main():
    target_lst = list(range(0, 200))
    tasks = [
        asyncio.ensure_future(async_sum("A", target_lst[:100])),
        asyncio.ensure_future(async_sum("B", target_lst[100:])),
    ]
    await asyncio.wait(tasks)
    for i, t in enumerate(tasks):
        print("task{:2d}, result: {}".format(i, t.result()))


asyncio.run(main())
