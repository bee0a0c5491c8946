/** Undoes a row's filter (PNG 1.2 §6); one loop for each kind, since this is where the time goes. */
export function unfilterRow(rows: Buffer, at: number, stride: number, pixel: number, above: Buffer): Buffer {
  const kind = rows[at] ?? 0;
  const row = Buffer.alloc(stride);
  rows.copy(row, 0, at + 1, at + 1 + stride);
  switch (kind) {
    case 1:
      for (let i = pixel; i < stride; i++) row[i] = ((row[i] ?? 0) + (row[i - pixel] ?? 0)) & 255;
      return row;
    case 2:
      for (let i = 0; i < stride; i++) row[i] = ((row[i] ?? 0) + (above[i] ?? 0)) & 255;
      return row;
    case 3:
      for (let i = 0; i < stride; i++) row[i] = ((row[i] ?? 0) + (((i >= pixel ? (row[i - pixel] ?? 0) : 0) + (above[i] ?? 0)) >> 1)) & 255;
      return row;
    case 4:
      for (let i = 0; i < stride; i++) {
        const left = i >= pixel ? (row[i - pixel] ?? 0) : 0;
        const up = above[i] ?? 0;
        const corner = i >= pixel ? (above[i - pixel] ?? 0) : 0;
        row[i] = ((row[i] ?? 0) + paeth(left, up, corner)) & 255;
      }
      return row;
    default:
      return row;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const byLeft = Math.abs(estimate - left);
  const byUp = Math.abs(estimate - up);
  const byCorner = Math.abs(estimate - corner);
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
}
