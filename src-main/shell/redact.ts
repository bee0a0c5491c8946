const LONGEST_LINE = 240;
const MOST_LINES = 40;

/**
 * What a log line may keep: words of programs (error codes, names of functions, places in this program's code). Whatever could come
 * from a document or say where one lies is taken out: quoted text, paths, everything that is not ASCII, long numbers.
 */
function redactLine(line: string): string {
  const frame = /^\s*at (?:async )?(?:([\w.#<>$ [\]]+) )?\(?(.*?)\)?$/.exec(line);
  if (frame !== null) {
    const place = /([\w.-]+\.(?:cjs|mjs|js|ts|tsx|asar)):(\d+):(\d+)$/.exec(frame[2] ?? '');
    return `    at ${frame[1] ?? ''} ${place === null ? '' : `${place[1] ?? ''}:${place[2] ?? ''}:${place[3] ?? ''}`}`.trimEnd();
  }
  return (
    line
      .replace(/["'“‘`「《].*["'”’`」》]/u, '‹引文›')
      .replace(/["'“‘`「《].*$/u, '‹引文›')
      .replace(/(?:[A-Za-z]:[\\/]|\\\\|(?<![\w.])\/)[^\n]*$/u, '‹路径›')
      // The marks put in above are the only text beyond ASCII that stays.
      .replace(/[^\x20-\x7e‹›]+/gu, (run) => (run === '引文' || run === '路径' ? run : '‹文字›'))
      .replace(/\d{6,}/g, '‹数字›')
      .slice(0, LONGEST_LINE)
  );
}

/** A text for the log, without what documents say and where they lie. */
export function redact(text: string): string {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/).filter((line) => line.trim() !== '');
  return lines.slice(0, MOST_LINES).map(redactLine).join('\n');
}
