#!/usr/bin/env bash
# One training step in Golgi against the same step in PyTorch, alternating in one run, each at its best of one and two threads.
# Needs PyTorch for /usr/bin/python3 (Debian: python3-torch, libopenblas0-pthread). usage: training-vs-pytorch.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
rounds=${1:-5}
dotnet build training.cs -c Release -v quiet --nologo >&2
best() { sort -g | head -1; }
printf '%-14s %10s %10s %7s   %s\n' model golgi pytorch ratio 'golgi: data, forward+backward, optimizer (ms)'
for entry in lenet-300-100:600 lenet5:60 conv2:10; do
  model=${entry%:*} steps=${entry#*:} ours="" theirs=""
  for _ in $(seq "$rounds"); do
    for threads in 1 2; do
      ours+="$(dotnet run --no-build -c Release training.cs -- "$model" "$threads" "$steps")"$'\n'
      theirs+="$(/usr/bin/python3 training.py "$model" "$threads" "$steps")"$'\n'
    done
  done
  mine=$(printf '%s' "$ours" | best) other=$(printf '%s' "$theirs" | best)
  printf '%-14s %10.3f %10.3f %7.2f   %s\n' "$model" "${mine%% *}" "$other" \
    "$(awk -v a="${mine%% *}" -v b="$other" 'BEGIN { print a / b }')" "${mine#* }"
done
