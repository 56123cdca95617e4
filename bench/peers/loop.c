/*
 * What this machine can do at best, for the benchmarks to be measured against:
 *
 *   loop packets SIDE COUNT INTERVAL_MS SECONDS
 *       COUNT addresses of side SIDE (1 or 2, 10.SIDE.x.y) each send a datagram of 28 bytes to the other side's every INTERVAL_MS, spread evenly,
 *       at ticks of 1 ms; what comes in is read and thrown away. sendmmsg, recvmmsg, timerfd, poll, one socket; no protocol at all.
 *       Prints: datagrams sent, datagrams received, CPU seconds.
 *   loop timer SECONDS
 *       Wakes every millisecond. Prints how late, microseconds: median, 99th percentile, worst.
 *   loop exec NAMESPACE COMMAND [ARGUMENT...]
 *       Prints the time (nanoseconds since 1970) and becomes COMMAND in the network namespace.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { PORT = 7020, BATCH = 64, SIZE = 28, TICK = 1000000 };

static int64_t now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int ticks(int64_t first)
{
	struct itimerspec every = { { 0, TICK }, { first / 1000000000, first % 1000000000 } };
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	if (fd < 0 || timerfd_settime(fd, TFD_TIMER_ABSTIME, &every, NULL)) fail("timerfd");
	return fd;
}

static void packets(int side, int64_t count, int64_t interval_ms, int seconds)
{
	static struct mmsghdr out[BATCH], in[BATCH];
	static struct iovec out_bytes[BATCH], in_bytes[BATCH];
	static struct sockaddr_in to[BATCH];
	static char payload[SIZE], buffer[BATCH][2048];
	int buffers = 4 << 20, fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	if (fd < 0 || bind(fd, (void *)&local, sizeof local)) fail("socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffers, sizeof buffers);
	for (int i = 0; i < BATCH; i++) {
		out_bytes[i] = (struct iovec){ payload, SIZE };
		in_bytes[i] = (struct iovec){ buffer[i], sizeof buffer[i] };
		to[i] = local;
		out[i].msg_hdr = (struct msghdr){ .msg_name = &to[i], .msg_namelen = sizeof to[i], .msg_iov = &out_bytes[i], .msg_iovlen = 1 };
		in[i].msg_hdr = (struct msghdr){ .msg_iov = &in_bytes[i], .msg_iovlen = 1 };
	}

	int64_t start = now(CLOCK_MONOTONIC), sent = 0, received = 0, next = 0;
	struct pollfd wait[2] = { { fd, POLLIN, 0 }, { ticks(start + TICK), POLLIN, 0 } };
	for (int64_t t = start; t - start < seconds * 1000000000LL; t = now(CLOCK_MONOTONIC)) {
		poll(wait, 2, -1);
		for (int n = BATCH; n == BATCH;) {
			n = recvmmsg(fd, in, BATCH, MSG_DONTWAIT, NULL);
			if (n > 0) received += n;
		}
		uint64_t expired;
		if (!(wait[1].revents & POLLIN) || read(wait[1].fd, &expired, sizeof expired) < 0) continue;
		int64_t due = (now(CLOCK_MONOTONIC) - start) * count / (interval_ms * 1000000);
		while (next < due) {
			int n = 0;
			for (; n < BATCH && next < due; n++, next++) {
				int i = next % count;
				to[n].sin_addr.s_addr = htonl(10u << 24 | (3 - side) << 16 | i / 250 << 8 | (i % 250 + 1));
			}
			int done = sendmmsg(fd, out, n, 0);
			if (done > 0) sent += done;
		}
	}

	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	printf("%ld %ld %.6f\n", (long)sent, (long)received,
	       used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void timer(int seconds)
{
	int count = seconds * 1000, n = 0;
	int64_t *late = malloc(count * sizeof *late), due = now(CLOCK_MONOTONIC) + TICK;
	struct pollfd wait = { ticks(due), POLLIN, 0 };
	while (n < count) {
		uint64_t expired;
		poll(&wait, 1, -1);
		int64_t woke = now(CLOCK_MONOTONIC);
		if (read(wait.fd, &expired, sizeof expired) < 0) continue;
		/* What was slept through was late, too. */
		for (; expired > 0 && n < count; expired--, due += TICK) late[n++] = woke - due;
	}
	qsort(late, count, sizeof *late, by_value);
	printf("%.1f %.1f %.1f\n", late[count / 2] / 1e3, late[count / 100 * 99] / 1e3, late[count - 1] / 1e3);
}

static void become(char **arguments)
{
	char path[256];
	snprintf(path, sizeof path, "/run/netns/%s", arguments[0]);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET)) fail(path);
	printf("%lld\n", (long long)now(CLOCK_REALTIME));
	fflush(stdout);
	execvp(arguments[1], arguments + 1);
	fail(arguments[1]);
}

int main(int argc, char **argv)
{
	if (argc == 6 && !strcmp(argv[1], "packets")) packets(atoi(argv[2]), atoll(argv[3]), atoll(argv[4]), atoi(argv[5]));
	else if (argc == 3 && !strcmp(argv[1], "timer")) timer(atoi(argv[2]));
	else if (argc >= 4 && !strcmp(argv[1], "exec")) become(argv + 2);
	else return 2;
	return 0;
}
