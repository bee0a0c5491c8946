/** 逾期, and beside it that the unit was never sent its task. `handedOut`: the last pack out, empty where none. */
export const lateWords = (handedOut: string): string => (handedOut === '' ? '逾期，任务包未发出' : '逾期');
