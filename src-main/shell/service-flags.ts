/** For the process that binds volumes: readable traces, and a small young generation that keeps its memory flat (`bench bind`). */
export const serviceFlags: readonly string[] = ['--enable-source-maps', '--max-semi-space-size=4'];
