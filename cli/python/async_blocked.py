# async_sum.py with a third task that waits by time.sleep: the loop waits, too.
import asyncio
import time


async def async_sum(name, numbers):
    r = 0
    for i in range(0, len(numbers) // 100 + 1):
        r = r + sum(numbers[i * 100:(i + 1) * 100])
        await asyncio.sleep(0.1)
    return r


def old_library():
    time.sleep(0.3)


async def ask(name):
    print(name, "asks")
    old_library()
    print(name, "has it")


async def main():
    print(await asyncio.gather(async_sum("A", range(0, 100)),
                               async_sum("B", range(100, 200)),
                               ask("C")))


asyncio.run(main())
