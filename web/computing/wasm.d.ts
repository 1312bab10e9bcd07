/** The bytes of a module, packed by gzip, which the bundle holds. */
declare module "*.wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
