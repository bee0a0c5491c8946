import { parseArgs } from 'node:util';
import { explainError } from '../contract/sentences.ts';
import { version } from '../../package.json';
import type { Command, CommandContext, ExitCode, Outcome, StandaloneCommand, StandaloneContext } from './command.ts';

async function describeUsage(): Promise<string> {
  const { commands } = await import('./commands/index.ts');
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
  const command = await findCommand(name);
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

  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const context: StandaloneContext = { positionals: parsed.positionals, options, signal, say };
  return print(command.standalone === true ? await command.run(context) : await runInSession(command, context), json);
}

/** The commands that need no archive are loaded without the rest of the program: they start at once and stay small. */
async function findCommand(name: string): Promise<Command | StandaloneCommand | undefined> {
  if (name === 'bind') return (await import('./commands/bind.ts')).bindCommand;
  const { commands } = await import('./commands/index.ts');
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

async function runInSession(command: Command, context: StandaloneContext): Promise<Outcome> {
  const [{ Dispatcher }, { handlers }, { Session }] = await Promise.all([import('../service/dispatcher.ts'), import('../service/handlers/index.ts'), import('../service/session.ts')]);
  let lastLine = '';
  const session = new Session({
    emit: (event) => {
      if (event.kind !== 'job-progress' || !process.stderr.isTTY || event.text === lastLine) return;
      lastLine = event.text;
      process.stderr.write(`\r\u001B[K${Math.round(event.value * 100)}% ${event.text}`);
    },
  });
  const dispatcher = new Dispatcher(handlers, session);
  context.signal.addEventListener('abort', () => session.jobs.cancelAll(), { once: true });
  try {
    const outcome = await command.run({ ...context, dispatcher });
    if (lastLine !== '') process.stderr.write('\r\u001B[K');
    return outcome;
  } finally {
    await session.close();
  }
}

/** Runs one command line, without the program's name, and gives its exit code. */
export async function runCommandLine(argv: string[]): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${await describeUsage()}\n`);
    return name === undefined ? 2 : 0;
  }
  const controller = new AbortController();
  for (const stop of ['SIGINT', 'SIGTERM'] as const) process.once(stop, () => controller.abort());
  return runCommand(name, rest, controller.signal);
}
