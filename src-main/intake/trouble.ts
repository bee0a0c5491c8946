/**
 * Why a file is not taken in. The codes are members of the contract's closed list of errors (asserted by a test; this room may not
 * import it), the message is a whole Chinese sentence: what is wrong with the file and what to do.
 */
export interface IntakeTrouble {
  readonly error: IntakeErrorCode;
  readonly message: string;
}

export const intakeErrorCodes = [
  'wrong-input',
  'disk-full',
  'no-permission',
  'file-not-found',
  'file-vanished',
  'file-changed',
  'file-empty',
  'file-unsupported',
  'file-encrypted',
  'file-encryption-unknown',
  'file-damaged',
  'file-no-pages',
  'file-too-large',
  'file-link',
  'cancelled',
] as const;

export type IntakeErrorCode = (typeof intakeErrorCodes)[number];

export const trouble = (error: IntakeErrorCode, message: string): IntakeTrouble => ({ error, message });

/** Trouble of the file system as a value; undefined where the exception is a surprise that must go up. */
export function troubleOfSystem(error: unknown): IntakeTrouble | undefined {
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return trouble('file-not-found', '找不到这个文件，它可能已被移走或改名，请重新选择。');
    case 'EACCES':
    case 'EPERM':
      return trouble('no-permission', '没有读取权限，请换有权限的账户或让文件所有者放开权限。');
    case 'ELOOP':
      return trouble('file-link', '这是一个链接而不是文件本身，请导入它指向的原文件。');
    case 'ENAMETOOLONG':
      return trouble('wrong-input', '路径太长，系统打不开，请移到较浅的文件夹后再导入。');
    case 'EBUSY':
      return trouble('no-permission', '文件正被其他程序占用，请关闭该程序后再导入。');
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
    case 'ESTALE':
      return trouble('file-vanished', '读取时存储设备出错或已拔出，请检查后重新导入。');
    case 'ENOSPC':
    case 'EDQUOT':
      return trouble('disk-full', '磁盘空间不足，请清理后重试。');
    default:
      return undefined;
  }
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
