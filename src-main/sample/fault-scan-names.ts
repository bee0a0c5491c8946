/** Files of a careless scanner, by what is wrong with them. Apart from what paints them, so that naming them loads no canvas. */
export const faultScans = { scan: '巡查记录扫描件.pdf', copy: '巡查记录另存.jpg', blurred: '现场照片模糊.jpg' } as const;
