/** The RC4 stream cipher. Node's OpenSSL no longer offers it, old PDF files still need it. */
export function applyRc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = new Uint8Array(256);
  for (let i = 0; i < 256; i++) state[i] = i;
  let j = 0;
  for (let i = 0; i < 256; i++) {
    const held = state[i] ?? 0;
    j = (j + held + (key[i % key.length] ?? 0)) & 255;
    state[i] = state[j] ?? 0;
    state[j] = held;
  }
  const out = Buffer.allocUnsafe(data.length);
  let a = 0;
  let b = 0;
  for (let i = 0; i < data.length; i++) {
    a = (a + 1) & 255;
    const held = state[a] ?? 0;
    b = (b + held) & 255;
    const other = state[b] ?? 0;
    state[a] = other;
    state[b] = held;
    out[i] = (data[i] ?? 0) ^ (state[(held + other) & 255] ?? 0);
  }
  return out;
}
