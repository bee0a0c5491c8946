import type { CallError, ErrorCode } from './errors.ts';

/** What each trouble is in plain words, and what to do next. `{about}` and `{detail}` are filled in as text, never as markup. */
const sentences: Readonly<Record<ErrorCode, { readonly what: string; readonly next: string }>> = {
  'wrong-input': { what: '输入不正确：{detail}', next: '请按提示改正后重试。' },
  'no-archive-open': { what: '尚未打开档案库', next: '请先新建或打开一个档案库。' },
  'archive-not-found': { what: '找不到档案库“{about}”', next: '请检查文件夹是否被移动、改名，或U盘、网络盘是否已连接。' },
  'archive-not-an-archive': { what: '“{about}”不是创档档案库', next: '请选择以 .cdarchive 结尾的文件夹。' },
  'archive-newer': { what: '档案库“{about}”由更新版本的创档建立，本版本不会改动它', next: '请升级本机的创档后再打开。' },
  'archive-locked': { what: '档案库“{about}”正在被使用（{detail}）', next: '可以只读方式打开；如需修改，请先在对方电脑上关闭。' },
  'archive-read-only': { what: '档案库以只读方式打开，不能修改', next: '请等占用者关闭后重新打开，或检查文件夹的写入权限。' },
  'archive-damaged': { what: '档案库“{about}”的数据库已损坏：{detail}', next: '请恢复最近一次备份（打开时选择一份，或在“设置—备份与恢复”中）；损坏的文件会保留。' },
  'folder-not-empty': { what: '文件夹“{about}”里已有内容', next: '请另选一个空文件夹或新的名称。' },
  'disk-full': { what: '磁盘空间不足，“{about}”没有写完', next: '请清理磁盘后重试；已经完成的内容不受影响。' },
  'no-permission': { what: '没有权限访问“{about}”', next: '请检查文件夹权限，或换一个位置。' },
  'drive-gone': { what: '“{about}”所在的磁盘已断开', next: '请重新连接磁盘后再打开档案库。' },
  'file-not-found': { what: '找不到文件“{about}”', next: '请检查文件是否被移动或改名。' },
  'file-vanished': { what: '读取过程中文件“{about}”不见了', next: '请确认U盘或网络盘未断开，再重新导入。' },
  'file-changed': { what: '读取过程中文件“{about}”被改动了', next: '请关闭正在编辑它的程序后重新导入。' },
  'file-empty': { what: '文件“{about}”是空的（0字节）', next: '请向提供单位索取完整文件。' },
  'file-unsupported': { what: '文件“{about}”的类型不能装订：{detail}', next: '请转换为PDF、JPEG或PNG后再导入。' },
  'file-encrypted': { what: '文件“{about}”有打开密码', next: '请向提供单位索取密码，或索取不加密的文件。' },
  'file-encryption-unknown': { what: '文件“{about}”用数字证书等方式加密，本程序打不开', next: '请在能打开它的电脑上打印为不加密的PDF，或向提供单位索取不加密的文件。' },
  'file-damaged': { what: '文件“{about}”已损坏：{detail}', next: '请重新导出或重新扫描后再导入。' },
  'file-no-pages': { what: '文件“{about}”没有任何页面', next: '请向提供单位索取完整文件。' },
  'file-too-large': { what: '文件“{about}”过大：{detail}', next: '请拆分后再导入。' },
  'file-link': { what: '“{about}”是快捷方式、链接或特殊文件，不是普通文件', next: '请导入它指向的文件本身。' },
  'catalog-wrong': { what: '指标目录文件“{about}”有误：{detail}', next: '请按提示改正目录文件。' },
  'plan-unreadable': { what: '方案文件“{about}”读不出指标：{detail}', next: '请换用DOCX、PDF（文字版）或TXT格式的方案原文。' },
  'indicator-unknown': { what: '没有编号为“{about}”的指标', next: '请核对指标编号。' },
  'unit-unknown': { what: '单位“{about}”不承担该指标', next: '请核对单位名称，或在设置中登记别名。' },
  'evidence-unknown': { what: '找不到这件材料（{about}）', next: '它可能已被移到回收站，请刷新后再试。' },
  'replacement-refused': { what: '“{about}”没有更换：{detail}', next: '原来的文件没有改动。' },
  'value-wrong': { what: '数值不正确：{detail}', next: '请核对数值、单位和年份。' },
  'review-unknown': { what: '找不到审核轮次或问题“{about}”', next: '请刷新后再试。' },
  'review-order': { what: '这一步现在不能做：{detail}', next: '请按登记、交办、答复、销号的顺序办理。' },
  'export-blocked': { what: '还不能正式装订：{detail}', next: '请先在“核查”中处理完所有错误，或导出草稿。' },
  'binding-failed': { what: '“{about}”没有装订完成：{detail}', next: '请处理该文件后重试；以前的版本仍在。' },
  'paper-unknown': { what: '没有这份文书：{about}{detail}', next: '案卷、单位或指标可能已经变动，请刷新后再选。' },
  'paper-not-replaceable': { what: '“{about}”不能用文件代替：{detail}', next: '请改用能代替的文书，或把文件作为佐证材料导入。' },
  'paper-no-pdf': { what: '“{about}”不能直接生成PDF：{detail}', next: '请存为DOCX，用Word或WPS打开后打印或另存为PDF。' },
  'template-wrong': { what: '模板“{about}”不能使用：{detail}', next: '请在 Word 中改正后重新选择。' },
  'profile-wrong': { what: '版式“{about}”有误：{detail}', next: '请按提示改正后重试；现行版式没有变动。' },
  'print-no-printer': { what: '没有找到打印机', next: '可以点“存为 PDF…”，把文件拿到有打印机的电脑上打印；或在系统设置中添加打印机后再打印。' },
  'print-failed': { what: '“{about}”没有打印成功：{detail}', next: '请检查打印机是否开机、有纸、已连接，再打印一次；也可以点“存为 PDF…”，换一台电脑打印。' },
  'pack-not-a-pack': { what: '“{about}”不是任务包：{detail}', next: '请选择以 .cdpack 结尾的文件、单位填好的文件夹，或另一台电脑的档案库文件夹。' },
  'pack-changed': { what: '“{about}”与发出时不同，没有合并：{detail}', next: '请让对方重新导出后再交来；本档案库没有任何改动。' },
  'pack-truncated': { what: '“{about}”不完整，没有合并：{detail}', next: '请重新拷贝，等U盘提示可以安全弹出后再拔。' },
  'pack-newer': { what: '“{about}”由更新版本的创档制作：{detail}', next: '请升级本机的创档后再收。' },
  'pack-other-archive': { what: '“{about}”属于另一个档案库，没有合并：{detail}', next: '请核对是不是拿错了U盘，或先打开对应的档案库。' },
  'pack-encrypted': { what: '“{about}”有打开密码：{detail}', next: '请让对方不设密码重新打包。' },
  'pack-unsafe': { what: '“{about}”里有不安全的内容，已拒收：{detail}', next: '请让对方用创档重新导出，或把文件放进普通文件夹交来，并查杀病毒。' },
  'pack-too-large': { what: '“{about}”过大：{detail}', next: '请按提示处理后重试。' },
  'pack-unit-unknown': { what: '没有可以发给“{about}”的任务：{detail}', next: '请在指标目录里核对牵头和协办单位的名称。' },
  'conflict-unknown': { what: '这处冲突已经裁定或不存在', next: '请刷新后再看。' },
  'nothing-to-undo': { what: '没有可以撤销的操作', next: '' },
  'undo-conflict': { what: '“{about}”之后的内容又有改动，不能再撤销这一步', next: '请直接修改现在的内容。' },
  busy: { what: '正在导入、装订或核验', next: '请等它完成后再试。' },
  cancelled: { what: '已取消', next: '已完成的部分保留，其余没有改动。' },
  'service-died': { what: '后台服务意外停止', next: '程序已自动重启服务，请重试刚才的操作；已保存的内容不受影响。' },
  'call-unknown': { what: '程序内部错误：未知调用 {about}', next: '请重新启动创档。' },
  'sender-refused': { what: '已拒绝来自未知页面的请求', next: '请重新启动创档。' },
  internal: { what: '程序内部错误：{detail}', next: '请重试；如再次出现，请导出诊断信息。' },
};

const fill = (template: string, error: CallError): string =>
  template.replace('{about}', () => error.about).replace('{detail}', () => error.detail);

/** The whole sentence for an error: what is wrong, then what to do. */
export function explainError(error: CallError): string {
  const { what, next } = sentences[error.code];
  return next === '' ? `${fill(what, error)}。` : `${fill(what, error)}。${next}`;
}
