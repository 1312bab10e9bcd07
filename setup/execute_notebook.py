"""Executes a notebook with its kernel and writes it with its outputs; tells each cell on standard output.

Where the environment has PALIMPSEST_QUICK, each cell is followed by the lines of its metadata `quick`, which make its
settings small.

Called as `python execute_notebook.py <notebook> <output> <folder to run in> <seconds a cell may take, 0 for any>`.
"""

import os
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def execute(source: str, target: str, folder: str, timeout: int) -> int:
    notebook = nbformat.read(source, as_version=4)
    if os.environ.get("PALIMPSEST_QUICK"):
        for cell in notebook.cells:
            cell.source = "\n".join([cell.source, cell.metadata.get("quick", "")]).rstrip()
    code_cells = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    current = 0

    def tell(cell: object, cell_index: int) -> None:
        nonlocal current
        if cell_index in code_cells:
            current = code_cells.index(cell_index) + 1
            print(f"cell {current} of {len(code_cells)}", flush=True)

    client = NotebookClient(
        notebook,
        timeout=timeout or None,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": folder}},
        on_cell_start=tell,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        print(f"Cell {current} failed:\n{error}")
        return 1
    except CellTimeoutError:
        print(f"Cell {current} took longer than {timeout} s.")
        return 1
    except DeadKernelError:
        print(f"The kernel died in cell {current}.")
        return 1

    beside = f"{target}.{os.getpid()}.part"
    nbformat.write(notebook, beside)
    os.replace(beside, target)
    return 0


if __name__ == "__main__":
    source, target, folder, timeout = sys.argv[1:5]
    sys.exit(execute(source, target, folder, int(timeout)))
