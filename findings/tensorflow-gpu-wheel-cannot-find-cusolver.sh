#!/usr/bin/env bash
# TensorFlow 2.21.0 (GPU wheel): its library looks for every CUDA library in the wheels' folders but for cuSOLVER, and then uses no GPU
#
# Version: tensorflow 2.21.0, nvidia-cusolver-cu12 11.7.5.82 and what it needs. Source: pypi packages; seen on an NVIDIA H200
#   ("Cannot dlopen some GPU libraries … Skipping registering GPU devices"), here without a GPU by the functions that open
#   the libraries, which libtensorflow_framework.so.2 exports.
# Expected: where `tensorflow[and-cuda]` is installed, a program that is linked with the wheel's libtensorflow_cc.so.2 and
#   libtensorflow_framework.so.2 finds all CUDA libraries beside them, by the RUNPATH that is there for that.
# Seen: the RUNPATH of libtensorflow_framework.so.2, which opens the libraries, names the folders of the CUDA runtime, cuBLAS,
#   cuFFT, cuSPARSE, cuDNN, NCCL and CUPTI; that of cuSOLVER stands in the RUNPATH of libtensorflow_cc.so.2 alone, which the
#   loader does not ask. The CUDA runtime opens, cuSOLVER does not; with a link to it in cuSPARSE's folder it does.
# To live with it: link nvidia/cusolver/lib/libcusolver.so.11 into nvidia/cusparse/lib (what it needs is found from there), or set
#   LD_LIBRARY_PATH before the process starts.
#
# 1.7 GB are downloaded, 4 GB of disk are needed meanwhile.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder/site" --no-deps --no-compile \
  --python-version 3.12 --implementation cp --only-binary :all: \
  tensorflow==2.21.0 nvidia-cuda-runtime-cu12==12.9.79 nvidia-cusolver-cu12==11.7.5.82 \
  nvidia-cublas-cu12==12.9.3.13 nvidia-cusparse-cu12==12.5.10.65 nvidia-nvjitlink-cu12==12.9.86 2>/dev/null
cat > "$folder/opens.py" <<'PYTHON'
"""Whether TensorFlow's loader opens a CUDA library: absl's StatusOr begins with 1 where it is right."""
import ctypes
import sys

site, name = sys.argv[1:]
library = ctypes.CDLL(f"{site}/tensorflow/libtensorflow_framework.so.2", mode=ctypes.RTLD_GLOBAL)
function = f"Get{name}DsoHandle"
answer = (ctypes.c_uint64 * 4)()
getattr(library, f"_ZN3tsl8internal9DsoLoader{len(function)}{function}Ev")(ctypes.byref(answer))
print("opens" if answer[0] == 1 else "does not open")
PYTHON
runtime=$(python3 "$folder/opens.py" "$folder/site" CudaRuntime)
before=$(python3 "$folder/opens.py" "$folder/site" Cusolver)
ln -s ../../cusolver/lib/libcusolver.so.11 "$folder/site/nvidia/cusparse/lib/libcusolver.so.11"
after=$(python3 "$folder/opens.py" "$folder/site" Cusolver)
echo "CUDA runtime: $runtime; cuSOLVER: $before; with a link in cuSPARSE's folder: $after"
if [ "$runtime, $before, $after" != "opens, does not open, opens" ]; then
  echo "changed: expected the CUDA runtime to open, cuSOLVER not to, and to open with the link"
  exit 1
fi
