"""Seconds of training steps in PyTorch, the way its users write them. Called by training-vs-pytorch.sh.

usage: training.py MODEL THREADS STEPS
MODEL: lenet-300-100 or lenet5 (batch 60, 1x28x28), conv2 (batch 64, 3x32x32). Inputs are random bytes; the arithmetic is the same.
"""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as functional

model, threads, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(1)


def conv_same(inputs, outputs):
    return nn.Conv2d(inputs, outputs, 3, padding=1)


networks = {
    "lenet-300-100": lambda: nn.Sequential(
        nn.Flatten(), nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 100), nn.ReLU(), nn.Linear(100, 10)),
    "lenet5": lambda: nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10)),
    "conv2": lambda: nn.Sequential(
        conv_same(3, 64), nn.ReLU(), conv_same(64, 64), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(16384, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10)),
}
batch, shape = (64, (3, 32, 32)) if model == "conv2" else (60, (1, 28, 28))
images = torch.randint(0, 256, (6000, *shape), dtype=torch.uint8)
labels = torch.randint(0, 10, (6000,))
network = networks[model]()
optimizer = torch.optim.Adam(network.parameters(), lr=1.2e-3)


def train(count):
    order = torch.randperm(len(images))
    for step in range(count):
        start = step * batch % (len(images) - batch)
        chosen = order[start:start + batch]
        inputs = images[chosen].float().div_(255)
        optimizer.zero_grad(set_to_none=True)
        functional.cross_entropy(network(inputs), labels[chosen]).backward()
        optimizer.step()


train(max(3, steps // 10))
started = time.perf_counter()
train(steps)
print(f"{(time.perf_counter() - started) / steps * 1000:.4f}")
