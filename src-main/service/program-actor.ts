/** Who the log names for what the program did by itself: no person wrote it. */
export const PROGRAM_ACTOR = '自动识别';
