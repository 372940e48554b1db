"""A clock that goes back."""

import contextlib
import fcntl
import re
import subprocess
import time

import material
from part import Part
from product import PATIENCE, Product, Service

# Says another time than it is: as many seconds off as the file that CLOCK_SHIFT names says.
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long shift(void) {
    long seconds = 0;
    FILE *file = fopen(getenv("CLOCK_SHIFT"), "r");
    if (file) { if (fscanf(file, "%ld", &seconds) != 1) seconds = 0; fclose(file); }
    return seconds;
}
int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += shift();
    return result;
}
int gettimeofday(struct timeval *now, void *zone) {
    struct timespec precise;
    clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *place) {
    struct timespec precise;
    clock_gettime(CLOCK_REALTIME, &precise);
    if (place) *place = precise.tv_sec;
    return precise.tv_sec;
}
"""


class Clock(Part):
    """The clock goes back by ten years while the service runs, and by an hour while a command waits."""

    name = "clock going back"

    def run(self):
        library = self.build_clock()
        if library is None:
            self.skipped = "there is no C compiler"
            return
        world = self.world
        shift = world.folder / "shift"
        shift.write_text("0")
        product = Product(world.product.binary, {"LD_PRELOAD": str(library), "CLOCK_SHIFT": str(shift)})
        ten_years = 315_360_000
        # What is written now is of the future for all that follows.
        set_shift(shift, ten_years)
        product.must(world.workspace, "train", "-q")
        world.settle_current()
        card = product.must(world.workspace, "models", "show").output
        made = int(re.search(r'"created_at" : (\d+)', card)[1])
        if made < time.time() + ten_years / 2:
            self.skipped = "the command does not take the false clock"
            return
        service = Service(product, world.workspace, "--retrain-every-hours", "1")
        try:
            client = service.client()
            self.write_all(client, "before")
            set_shift(shift, 0)
            self.write_all(client, "after")
            status, text = client.ask("GET", "/health/ready")
            if status != 200:
                self.fault("clock going back", f"/health/ready is {status}")
            self.expect_retrain(client)
            self.wait_for_the_lock(product, shift)
            start = time.monotonic()
            code = service.stop()
            if code != 0 or time.monotonic() - start > 12:
                self.fault("clock going back", f"the service ends with {code} after {time.monotonic() - start:.1f} s")
        finally:
            service.kill()
        world.check("a clock going back")

    def expect_retrain(self, client):
        """A retrain that is due every hour does not wait until the clock has come to where it was. It has a minute to begin,
        and as long as every process here to end: how fast a machine trains is no matter of the clock."""
        began = None
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            trainings = client.ask("GET", "/v1/trainings")[1]["trainings"]
            if trainings and trainings[0]["state"] in ("succeeded", "kept_inactive"):
                return self.world.settle_current()
            if trainings and began is None:
                began = trainings[0]["id"]
                deadline = time.monotonic() + PATIENCE
            time.sleep(0.1)
        self.fault("clock going back", f"nothing was retrained: {trainings[:1]}")

    def write_all(self, client, when):
        film = material.Film(self.world.random, self.world.next("film"))
        writes = self.world.ledger.begin({("item", film.id): film.value, ("rating", f"clock-{when}", film.id): 5.0})
        answers = [client.ask("POST", "/v1/items", form=film.form()),
                   client.ask("POST", "/v1/ratings", {"user_id": f"clock-{when}", "item_id": film.id, "rating": 5}),
                   client.ask("GET", f"/v1/users/clock-{when}/recommendations")]
        if [status for status, _ in answers] == [201, 200, 200]:
            self.world.ledger.acknowledge(writes)
        else:
            self.fault(f"clock going back, {when}", f"answers are {answers}")

    def wait_for_the_lock(self, product, shift):
        """Whoever waits for the workspace waits no longer because the clock goes back meanwhile."""
        with open(self.world.workspace / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            process = product.begin(self.world.workspace, "rate", "--user", "u001", "--item", "m001", "--rating", "3")
            time.sleep(1)
            set_shift(shift, -3600)
            try:
                self.expect("waiting while the clock goes back", process.end(20), [69], ["another process"])
            except subprocess.TimeoutExpired:
                process.kill()
                self.fault("waiting while the clock goes back", "it waits for longer than 20 s")
            set_shift(shift, 0)

    def build_clock(self):
        """The library that says another time; None where it cannot be made."""
        source, library = self.world.folder / "clock.c", self.world.folder / "clock.so"
        source.write_text(CLOCK)
        for compiler in ("cc", "clang", "gcc"):
            with contextlib.suppress(FileNotFoundError):
                if subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"],
                                  capture_output=True).returncode == 0:
                    return library
        return None


def set_shift(file, seconds):
    """Replaced as a whole, as it is read all the time."""
    aside = file.with_name("shift.aside")
    aside.write_text(str(seconds))
    aside.rename(file)
