#!/usr/bin/env python3
"""scikit-learn's t-SNE, PCA and k-means on the points that `synthesis.cs -- tsne 10000 FILE.npy` wrote, in the same words.

usage: /usr/bin/python3 synthesis-vs-sklearn.py FILE.npy        (Debian: python3-sklearn)
"""
import sys
import time

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness

points = np.load(sys.argv[1])
clock, processor = time.time(), time.process_time()
tsne = TSNE(init="pca", learning_rate="auto", random_state=0)
positions = tsne.fit_transform(points)
seconds, processor = time.time() - clock, time.process_time() - processor
print(
    f"{len(points)} points: {seconds:.1f} s ({processor:.1f} s of processor time), KL {tsne.kl_divergence_:.4f}, "
    f"trustworthiness {trustworthiness(points, positions, n_neighbors=5):.4f}, "
    f"variance of 10 components {PCA(10).fit(points).explained_variance_.sum():.3f}, "
    f"k-means inertia {KMeans(10, n_init=10, random_state=0).fit(points).inertia_:.0f}"
)
