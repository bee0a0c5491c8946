export const blocksOfPdf = async (_: Uint8Array): Promise<never> => { throw new Error("later"); };
