"""A program whose tasks and threads have the names that it finds on standard
input, each ended by NUL, and print them."""
import asyncio
import sys
import threading


async def say(name):
    print(name)
    await asyncio.sleep(0)


async def main(names):
    await asyncio.gather(*(asyncio.create_task(say(name), name=name)
                           for name in names))
    for name in names:
        thread = threading.Thread(target=print, args=(name,), name=name)
        thread.start()
        thread.join()


sys.stdout.reconfigure(errors='backslashreplace')
asyncio.run(main([name.decode('utf-8', 'surrogateescape')
                  for name in sys.stdin.buffer.read().split(b'\0')[:-1]]))
