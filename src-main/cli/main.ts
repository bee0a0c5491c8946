import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { explainError } from '../contract/index.ts';
import { Dispatcher } from '../service/dispatcher.ts';
import { handlers } from '../service/handlers/index.ts';
import { Session } from '../service/session.ts';
import { version } from '../../package.json';
import type { CommandContext, ExitCode, Outcome } from './command.ts';
import { commands } from './commands/index.ts';

function describeUsage(): string {
  const width = Math.max(...Object.values(commands).map((command) => command.usage.length));
  const lines = Object.values(commands).map((command) => `  ${command.usage.padEnd(width)}  ${command.summary}`);
  return [
    `创档 ${version} 命令行`,
    '',
    '用法:npm run -s cli -- <命令> [参数]',
    '',
    ...lines,
    '',
    '通用:--json 只向标准输出打印一个JSON对象;--help 用法;--version 版本',
    '退出码:0 完成;1 有问题或部分失败;2 用法错误;3 未能完成',
  ].join('\n');
}

function print(outcome: Outcome, json: boolean): ExitCode {
  const write = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
  switch (outcome.kind) {
    case 'done':
      if (json) write(outcome.json);
      else process.stdout.write(`${outcome.text}\n`);
      return outcome.exit;
    case 'wrong-use':
      if (json) write({ error: { code: 'wrong-use', message: outcome.message } });
      process.stderr.write(`${outcome.message}\n用 --help 查看用法。\n`);
      return 2;
    case 'could-not': {
      const message = explainError(outcome.error);
      if (json) write({ error: { ...outcome.error, message } });
      process.stderr.write(`${message}\n`);
      return 3;
    }
    default:
      return outcome satisfies never;
  }
}

async function runCommand(name: string, rest: string[], signal: AbortSignal): Promise<ExitCode> {
  const asksJson = rest.includes('--json');
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) return print({ kind: 'wrong-use', message: `没有“${name}”这个命令。` }, asksJson);
  let parsed;
  try {
    parsed = parseArgs({
      args: rest,
      options: { ...command.options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    return print({ kind: 'wrong-use', message: error instanceof Error ? error.message : String(error) }, asksJson);
  }
  const options: CommandContext['options'] = parsed.values;
  if (options['help'] === true) {
    process.stdout.write(`${command.usage}\n${command.summary}\n`);
    return 0;
  }
  const json = options['json'] === true;
  const { min, max } = command.positionals;
  if (parsed.positionals.length < min || parsed.positionals.length > max) return print({ kind: 'wrong-use', message: `用法:${command.usage}` }, json);

  let lastLine = '';
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const session = new Session({
    emit: (event) => {
      if (event.kind !== 'job-progress' || !process.stderr.isTTY || event.text === lastLine) return;
      lastLine = event.text;
      process.stderr.write(`\r\u001B[K${Math.round(event.value * 100)}% ${event.text}`);
    },
  });
  const dispatcher = new Dispatcher(handlers, session);
  signal.addEventListener('abort', () => session.jobs.cancelAll(), { once: true });
  try {
    const outcome = await command.run({ dispatcher, positionals: parsed.positionals, options, signal, say });
    if (lastLine !== '') process.stderr.write('\r\u001B[K');
    return print(outcome, json);
  } finally {
    await session.close();
  }
}

async function main(argv: string[]): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${describeUsage()}\n`);
    return name === undefined ? 2 : 0;
  }
  const controller = new AbortController();
  for (const stop of ['SIGINT', 'SIGTERM'] as const) process.once(stop, () => controller.abort());
  return runCommand(name, rest, controller.signal);
}

// The bundle is large and a command short: compiled code is kept between runs.
enableCompileCache();
process.stdout.on('error', () => process.exit(0));
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 3;
  },
);
