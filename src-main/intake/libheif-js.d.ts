/** What is used of `libheif-js`; its own declarations name the low-level C calls only. */
declare module 'libheif-js/wasm-bundle.js' {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    /** Fills `data` with RGBA and hands it back, or null where it cannot be decoded. */
    display<Data extends { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number }>(data: Data, done: (data: Data | null) => void): void;
    free(): void;
  }
  const libheif: { readonly HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };
  export default libheif;
}
