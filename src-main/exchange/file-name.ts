/** Names that Windows keeps for devices, with any extension. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?$/iu;
const unsafe = /[\\/:*?"<>|\p{Cc}\p{Cf}]/gu;

/** A title as a file name that Windows, a USB stick and a zip all take: at most 120 UTF-8 bytes. */
export function fileNameOf(title: string): string {
  const clean = title.replace(unsafe, ' ').replace(/\s+/gu, ' ').trim().replace(/[. ]+$/u, '');
  let name = '';
  for (const character of clean) {
    if (Buffer.byteLength(name + character) > 120) break;
    name += character;
  }
  const short = name.trim();
  return short === '' ? '未命名' : device.test(short) ? `_${short}` : short;
}
