import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { IpcRendererEvent } from 'electron';
import type { ServiceEvent, WindowBridge } from '../contract/index.ts';
import { CALL_CHANNEL, EVENT_CHANNEL, LISTENING_CHANNEL } from './channels.ts';

/** The window's only way out. Checks are made on the other side, where the page cannot reach them. */
const bridge: WindowBridge = {
  call: (name, input) => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  onEvent(listener) {
    const hear = (_event: IpcRendererEvent, event: ServiceEvent): void => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, hear);
    ipcRenderer.send(LISTENING_CHANNEL);
    return () => void ipcRenderer.off(EVENT_CHANNEL, hear);
  },
  pathForFile: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
};

contextBridge.exposeInMainWorld('chuangdang', bridge);
