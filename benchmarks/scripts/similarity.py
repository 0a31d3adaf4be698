"""The numpy side of similarity-vs-numpy. usage: similarity.py make|cca|grid-svcca|grid-cca FOLDER"""
import sys
import time

import numpy as np

TASK, FOLDER = sys.argv[1:3]
LAYERS, CHECKPOINTS, UNITS, SAMPLES = 12, 5, 256, 5000


def whitened(c):
    values, vectors = np.linalg.eigh(c)
    return (vectors / np.sqrt(values)) @ vectors.T


def cca(x, y):
    x, y, n = x - x.mean(0), y - y.mean(0), len(x)
    sxx, syy, sxy = x.T @ x / (n - 1), y.T @ y / (n - 1), x.T @ y / (n - 1)
    _, rho, _ = np.linalg.svd(whitened(sxx) @ sxy @ whitened(syy))
    return rho.mean()


def reduced(x):
    x = x - x.mean(0)
    u, s, _ = np.linalg.svd(x, full_matrices=False)
    kept = np.searchsorted(np.cumsum(s**2) / np.sum(s**2), 0.99) + 1
    return u[:, :kept] * s[:kept]


def svcca(x, y):
    return cca(reduced(x), reduced(y))


def best(run, rounds):
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        value = run()
        seconds.append(time.perf_counter() - start)
    return min(seconds), value


def make():
    r = np.random.default_rng(1)
    np.save(f"{FOLDER}/x.npy", r.standard_normal((10_000, 512)))
    np.save(f"{FOLDER}/y.npy", r.standard_normal((10_000, 512)))
    inputs = r.standard_normal((SAMPLES, UNITS)) * np.linspace(2, 0.1, UNITS)
    start = [r.standard_normal((UNITS, UNITS)) * np.sqrt(2 / UNITS) for _ in range(LAYERS)]
    end = [w + 0.5 * r.standard_normal((UNITS, UNITS)) * np.sqrt(2 / UNITS) for w in start]
    for t in range(CHECKPOINTS):
        h, layers = inputs, []
        for a, b in zip(start, end):
            w = a + (b - a) * t / (CHECKPOINTS - 1)
            h = np.maximum(h @ w / np.sqrt(1 + 0.25 * t / (CHECKPOINTS - 1)), 0) + 1e-3 * r.standard_normal((SAMPLES, UNITS))
            layers.append(h)
        np.save(f"{FOLDER}/layers{t}.npy", np.stack(layers))


if TASK == "make":
    make()
elif TASK == "cca":
    x, y = np.load(f"{FOLDER}/x.npy"), np.load(f"{FOLDER}/y.npy")
    print(*best(lambda: cca(x, y), 10))
else:
    # One row of the grid of each checkpoint is timed, and the rest is that much work again: pairs do not help each other.
    measure = svcca if TASK == "grid-svcca" else cca
    layers = [np.load(f"{FOLDER}/layers{t}.npy") for t in range(CHECKPOINTS)]
    seconds, values = best(lambda: [measure(layers[t][2 * t], b) for t in range(CHECKPOINTS) for b in layers[t]], 1)
    print(seconds * LAYERS, np.mean(values))
