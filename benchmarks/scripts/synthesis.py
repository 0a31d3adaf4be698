#!/usr/bin/env python3
"""One step of olah2017 on an ONNX SqueezeNet in PyTorch: the loop that a user would write, with the fast form of every part.

usage: /usr/bin/python3 synthesis.py MODEL.onnx BATCH THREADS STEPS    (Debian: python3-torch, python3-onnx)
Prints milliseconds of processor time of the bare forward and backward pass, and of a step.
"""
import random
import sys
import time

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

path, batch, threads, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(threads)
side, unit = 224, 130
graph = onnx.load(path).graph
weights = {item.name: torch.from_numpy(numpy_helper.to_array(item).copy()) for item in graph.initializer}
picture = next(item.name for item in graph.input if item.name not in weights)


def network(x):
    """The graph's nodes one after another, up to the logits before the softmax."""
    values = {picture: x}
    for node in graph.node:
        given = [values.get(name, weights.get(name)) for name in node.input]
        attribute = {item.name: onnx.helper.get_attribute_value(item) for item in node.attribute}
        if node.op_type == "Conv":
            out = F.conv2d(given[0], given[1], given[2], list(attribute["strides"]), list(attribute.get("pads", [0, 0]))[:2])
        elif node.op_type == "Relu":
            out = F.relu(given[0])
        elif node.op_type == "MaxPool":
            pads = attribute.get("pads", [0, 0, 0, 0])
            x = F.pad(given[0], (pads[1], pads[3], pads[0], pads[2]), value=float("-inf")) if any(pads) else given[0]
            out = F.max_pool2d(x, list(attribute["kernel_shape"]), list(attribute["strides"]))
        elif node.op_type == "Concat":
            out = torch.cat(given, 1)
        elif node.op_type == "GlobalAveragePool":
            out = given[0].mean((2, 3))
        elif node.op_type == "Softmax":
            return given[0]
        else:
            out = given[0]  # dropout
        values[node.output[0]] = out
    return out


color = torch.tensor([[0.26, 0.09, 0.02], [0.27, 0.0, -0.05], [0.27, -0.09, 0.03]])
color = (color / color.norm(dim=0).max()).view(3, 3, 1, 1)
frequency = (torch.fft.fftfreq(side).view(-1, 1) ** 2 + torch.fft.rfftfreq(side).view(1, -1) ** 2).sqrt()
scale = (0.25 / frequency.clamp_min(1 / side)).unsqueeze(-1)
mean = torch.tensor([104.0, 117.0, 123.0]).view(1, 3, 1, 1)
coordinates = (torch.randn(batch, 3, side, side // 2 + 1, 2) * 0.01).requires_grad_(True)
optimizer = torch.optim.Adam([coordinates], 0.05)


def view(pictures):
    shift = lambda pixels: random.randint(-(pixels // 2), pixels // 2) * 2 / side
    angle, factor = np.radians(random.choice(list(range(-10, 11)) + [0] * 5)), 1 / (0.9 + 0.02 * random.randrange(11))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * factor
    offset = np.array([shift(14), shift(14)]) + turn @ np.array([shift(7), shift(7)])
    theta = torch.tensor(np.concatenate([turn, offset[:, None]], 1), dtype=torch.float32).unsqueeze(0)
    grid = F.affine_grid(theta, [1, 3, side, side], align_corners=False).expand(batch, -1, -1, -1)
    return F.grid_sample(pictures - 127.5, grid, align_corners=False) + 127.5


def step():
    values = torch.fft.irfft2(torch.view_as_complex(coordinates * scale), (side, side), norm="ortho")
    pictures = torch.sigmoid(F.conv2d(values, color)) * 255
    score = network(view(pictures).flip(1) - mean)[:, unit]
    optimizer.zero_grad()
    (-score.sum()).backward()
    optimizer.step()
    return score.detach().tolist()


seen = (torch.rand(batch, 3, side, side) * 255 - 110).requires_grad_(True)


def bare():
    torch.autograd.grad(network(seen)[:, unit].sum(), seen)


def measure(work):
    start = time.process_time()
    for _ in range(steps):
        work()
    return (time.process_time() - start) * 1000 / steps


step(), bare()
print(f"{measure(bare):.2f} {measure(step):.2f}")
