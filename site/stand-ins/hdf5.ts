/** Stands for `lib/network/keras/hdf5.ts` in the browser: what reads and writes HDF5 would be 3 MB. */
function refuse(): never {
  throw new Error("Keras files are read and written in JupyterLab only, see the project's README");
}

export const readHdf5 = async (): Promise<never> => refuse();
export const writeHdf5 = async (): Promise<never> => refuse();
