import { app, session } from 'electron';
import { isAppAddress } from './routes.ts';

/** Schemes a page may load from; the program has no business on a network. */
const localSchemes = ['app:', 'blob:', 'data:', 'devtools:', 'chrome-extension:'];

/** Refuses whatever the window never needs: other pages, new windows, web views, permissions, downloads, the network. */
export function lockDown(): void {
  app.on('web-contents-created', (_created, contents) => {
    const stayHome = (details: { readonly url: string; preventDefault(): void }): void => {
      if (!isAppAddress(details.url)) details.preventDefault();
    };
    contents.on('will-navigate', stayHome);
    contents.on('will-redirect', stayHome);
    contents.on('will-frame-navigate', stayHome);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** The part of `lockDown` that needs the app to be ready. */
export function lockDownSession(): void {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((contents, permission, answer) => answer(permission === 'clipboard-sanitized-write' && isAppAddress(contents.getURL())));
  own.setPermissionCheckHandler((contents, permission) => permission === 'clipboard-sanitized-write' && contents !== null && isAppAddress(contents.getURL()));
  own.setDevicePermissionHandler(() => false);
  own.setSpellCheckerEnabled(false);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest((details, answer) => {
    const known = URL.canParse(details.url) && localSchemes.includes(new URL(details.url).protocol);
    answer({ cancel: !known });
  });
}
