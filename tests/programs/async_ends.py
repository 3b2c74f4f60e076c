# All the ways in which tasks end, and some in which they wait. Says "3 None", then
# fails with status 3.
import asyncio
import sys
import time


async def fail():
    await asyncio.sleep(0.001)
    raise ValueError("of no value")


async def forever():
    await asyncio.Event().wait()


async def blocks():
    time.sleep(0.02)


async def get(queue):
    return await queue.get()


async def main():
    queue = asyncio.Queue()
    getter = asyncio.ensure_future(get(queue))
    failing = asyncio.ensure_future(fail())
    waiting = asyncio.ensure_future(forever())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([failing])
    await queue.put(3)
    loop = asyncio.get_running_loop()
    print(await getter, await loop.run_in_executor(None, time.sleep, 0.001))
    await blocks()
    forever()
    failing.exception()


asyncio.get_event_loop_policy().set_event_loop(asyncio.new_event_loop())
asyncio.get_event_loop_policy().get_event_loop().create_task(forever())
asyncio.get_event_loop_policy().get_event_loop().run_until_complete(main())
sys.exit(3)
