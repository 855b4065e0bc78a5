// The loop that benches/sweep.rs calls "by hand", in C:
//   gcc -O3 -march=native -ffp-contract=off benches/harness/sweep.c -o /tmp/sweep && /tmp/sweep
// Without -ffp-contract=off the compiler fuses products and sums, which the program never does: other bits.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ABREAST 64
#define SIDE 256
#define STEPS 500
#define ROUNDS 21

#define LOOP(NAME, GX, GY, F)                                                                           \
    __attribute__((noinline)) static void NAME(const double *lr, const double *beta, double sx,         \
                                               double sy, double *losses) {                             \
        double x[ABREAST], y[ABREAST], u[ABREAST], v[ABREAST];                                          \
        for (int i = 0; i < ABREAST; i++) {                                                             \
            x[i] = sx, y[i] = sy, u[i] = 0, v[i] = 0;                                                   \
        }                                                                                               \
        for (int step = 0; step < STEPS; step++) {                                                      \
            for (int i = 0; i < ABREAST; i++) {                                                         \
                double X = x[i], Y = y[i];                                                              \
                u[i] = beta[i] * u[i] + (GX);                                                           \
                v[i] = beta[i] * v[i] + (GY);                                                           \
                x[i] -= lr[i] * u[i];                                                                   \
                y[i] -= lr[i] * v[i];                                                                   \
            }                                                                                           \
        }                                                                                               \
        for (int i = 0; i < ABREAST; i++) {                                                             \
            double X = x[i], Y = y[i];                                                                  \
            losses[i] = (F);                                                                            \
        }                                                                                               \
    }

LOOP(quadratic, X, 100.0 * Y, 0.5 * (X * X + 100.0 * Y * Y))
LOOP(rosenbrock, -2.0 * (1.0 - X) - 400.0 * X * (Y - X * X), 200.0 * (Y - X * X),
     (1.0 - X) * (1.0 - X) + 100.0 * (Y - X * X) * (Y - X * X))

static double lr[SIDE * SIDE], beta[SIDE * SIDE], losses[SIDE * SIDE];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

int main(void) {
    for (int which = 0; which < 2; which++) {
        double low = which ? 1e-7 : 1e-5, high = which ? 1e-4 : 0.019, times[ROUNDS], sum = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            lr[i] = low + (high - low) * (i % SIDE) / (SIDE - 1);
            beta[i] = 0.9 * (i / SIDE) / (SIDE - 1);
        }
        for (int round = 0; round < ROUNDS; round++) {
            double start = now();
            for (int i = 0; i < SIDE * SIDE; i += ABREAST) {
                if (which) {
                    rosenbrock(lr + i, beta + i, -1.2, 1.0, losses + i);
                } else {
                    quadratic(lr + i, beta + i, -2.5, 1.0, losses + i);
                }
            }
            times[round] = now() - start;
        }
        qsort(times, ROUNDS, sizeof *times, by_size);
        for (int i = 0; i < SIDE * SIDE; i++) {
            sum += losses[i];
        }
        printf("%s: median %.2f ms of CPU time (sum of losses %g)\n", which ? "Rosenbrock" : "Quadratic",
               times[ROUNDS / 2] * 1e3, sum);
    }
}
