/** Where the things that set-up makes are: all of them inside the project, each found from the project's root. */
import path from "node:path";
import process from "node:process";

/** @param {string} root the Python of the project's virtual environment */
export function venvPython(root) {
  return process.platform === "win32"
    ? path.join(root, ".venv", "Scripts", "python.exe")
    : path.join(root, ".venv", "bin", "python");
}

/** @param {string} root where Jupyter looks for what belongs to the virtual environment */
export function jupyterFolder(root) {
  return path.join(root, ".venv", "share", "jupyter");
}

/** @param {string} root TensorFlow's binding for Node.js, where its package looks for it */
export function bindingFile(root) {
  return path.join(
    root,
    "node_modules",
    "@tensorflow",
    "tfjs-node-gpu",
    "lib",
    "napi-v8",
    "tfjs_binding.node",
  );
}

/** @param {string} root what set-up came to with TensorFlow: the stamp that `setup/tensorflow/backend.ts` writes */
export function backendStamp(root) {
  return path.join(path.dirname(bindingFile(root)), "palimpsest.json");
}
