import type { ElectronApplication } from '@playwright/test';

/** Picks an item of the application menu. */
export const pickMenu = (app: ElectronApplication, label: string): Promise<void> =>
  app.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []).find((each) => each.label === wanted);
    if (item?.enabled !== true) throw new Error(`${wanted} is grey`);
    item.click();
  }, label);
