/** For the process that binds volumes: a small young generation that keeps its memory flat (`bench bind`). Traces name the functions of the bundle: reading its map takes a tenth of a second at each start. */
export const serviceFlags: readonly string[] = ['--max-semi-space-size=4'];
