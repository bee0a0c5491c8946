import type { BindError, BindErrorCode } from '../binder/bind-error.ts';
import type { CallError, ErrorCode } from '../contract/index.ts';

const codes: Readonly<Record<BindErrorCode, { readonly code: ErrorCode; readonly detail: string }>> = {
  'not-found': { code: 'file-not-found', detail: '' },
  unreadable: { code: 'no-permission', detail: '' },
  'empty-file': { code: 'file-empty', detail: '' },
  'not-recognised': { code: 'file-unsupported', detail: '内容不是PDF、JPEG、PNG或TIFF' },
  'password-needed': { code: 'file-encrypted', detail: '' },
  'password-wrong': { code: 'file-encrypted', detail: '给出的密码不对' },
  'encryption-unsupported': { code: 'file-encryption-unknown', detail: '' },
  damaged: { code: 'file-damaged', detail: '结构不完整，无法修复' },
  'no-pages': { code: 'file-no-pages', detail: '' },
  'page-range': { code: 'wrong-input', detail: '页码范围超出文件的页数' },
  'image-unsupported': { code: 'file-unsupported', detail: '这种图片编码不能直接装订' },
  'too-large': { code: 'file-too-large', detail: '超出可处理的大小' },
  'source-changed': { code: 'file-changed', detail: '' },
  'page-count-changed': { code: 'file-changed', detail: '' },
  'duplicate-key': { code: 'binding-failed', detail: '同一材料在本卷中出现两次' },
  'link-target-missing': { code: 'binding-failed', detail: '目录指向的材料不在本卷' },
  'font-unusable': { code: 'binding-failed', detail: '字体文件不能使用' },
  aborted: { code: 'cancelled', detail: '' },
  'disk-full': { code: 'disk-full', detail: '' },
  'write-failed': { code: 'binding-failed', detail: '写入失败' },
  'check-failed': { code: 'binding-failed', detail: '写完后复核没有通过' },
};

/** The binder's error as a call's error; `name` is how the clerk knows the file. */
export function explainBindError(error: BindError, name: string): CallError {
  const { code, detail } = codes[error.code];
  return { code, about: name, detail };
}
