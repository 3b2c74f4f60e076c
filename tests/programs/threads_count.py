# Threads that compute, lock and sleep. Says "30000", then what it was called with.
import sys
import threading
import time

lock = threading.Lock()
total = 0


def count(name):
    global total
    for _ in range(100):
        with lock:
            for _ in range(100):
                total += 1
    with lock:
        time.sleep(0.005)


threads = [threading.Thread(target=count, args=(n,)) for n in "abc"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total)
print(sys.argv[1:])
