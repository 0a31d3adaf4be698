#!/usr/bin/env python3
"""scikit-image's split Bregman denoising of the planes that `synthesis.cs -- denoise FILE.npy` wrote, one by one, in the same words.

usage: /usr/bin/python3 denoise-vs-skimage.py FILE.npy        (Debian: python3-skimage)
"""
import sys
import time

import numpy as np
from skimage.restoration import denoise_tv_bregman

planes = np.load(sys.argv[1]).reshape(-1, 224, 224)
for name, isotropic in (("Isotropic", True), ("Anisotropic", False)):
    times = []
    for _ in range(3):
        began = time.process_time()
        for plane in planes:
            denoise_tv_bregman(plane, weight=0.4, max_num_iter=100, eps=1e-3, isotropic=isotropic)
        times.append(time.process_time() - began)
    print(f"{name}: {1000 * min(times):.0f} ms")
