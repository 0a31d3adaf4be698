#!/usr/bin/env bash
# One step of olah2017 on SqueezeNet at 224 pixels, in Golgi and in PyTorch, alternating in one run; each beside the bare forward
# and backward pass of its own library. The least of ROUNDS counts, which other work on the machine disturbs least.
# Needs PyTorch and onnx for /usr/bin/python3 (Debian: python3-torch, python3-onnx). usage: synthesis-vs-pytorch.sh MODEL.onnx [ROUNDS]
set -euo pipefail
export OMP_NUM_THREADS=1 # otherwise PyTorch's second thread waits busily, and its processor time counts
model=$(realpath "$1") rounds=${2:-5}
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet build synthesis.cs -c Release -v quiet --nologo >&2
printf '%-6s %12s %12s %12s %12s %14s %14s\n' batch golgi-bare golgi-step torch-bare torch-step step/bare golgi/torch
for entry in 1:16 8:3; do
  batch=${entry%:*} steps=${entry#*:} ours="" theirs=""
  for _ in $(seq "$rounds"); do
    ours+="$(dotnet run --no-build -c Release synthesis.cs -- step "$model" "$batch" 1 "$steps" 2>/dev/null)"$'\n'
    theirs+="$(/usr/bin/python3 synthesis.py "$model" "$batch" 1 "$steps")"$'\n'
  done
  printf '%s' "$ours" | paste -d' ' - <(printf '%s' "$theirs") | awk -v batch="$batch" '
    NR == 1 { for (i = 1; i <= 4; i++) least[i] = $i }
    { for (i = 1; i <= 4; i++) if ($i < least[i]) least[i] = $i }
    END { printf "%-6s %12.1f %12.1f %12.1f %12.1f %14.3f %14.3f\n", batch, least[1], least[2], least[3], least[4], least[2] / least[1], least[2] / least[4] }'
done
