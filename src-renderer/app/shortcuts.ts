/** Every key of the program, as F1 lists them. */
export const shortcutGroups: readonly { readonly name: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    name: '任何地方',
    keys: [
      ['Ctrl+K', '检索和命令'],
      ['Ctrl+Z', '撤销上一步改动'],
      ['Ctrl+Y', '重做'],
      ['Alt+←', '返回上一处'],
      ['Ctrl+1 … Ctrl+9', '切换页面'],
      ['Ctrl+N', '新建档案库'],
      ['Ctrl+O', '打开档案库'],
      ['Ctrl+P', '打印'],
      ['Ctrl+E', '装订与导出'],
      ['F1 或 ?', '本页'],
    ],
  },
  {
    name: '收件箱',
    keys: [
      ['↑ ↓', '换一件'],
      ['回车', '接受首选建议；多选时各按首选归入'],
      ['2、3', '接受第二、第三条建议'],
      ['O', '选择其他指标'],
      ['Y', '选择年份'],
      ['T', '修改题名'],
      ['C', '著录无误，看下一件'],
      ['Shift+↑ ↓', '多选'],
      ['Ctrl+A', '全选'],
      ['Esc', '取消选择'],
      ['Delete', '移到回收站'],
    ],
  },
  {
    name: '预览',
    keys: [
      ['PageUp、PageDown', '上一页、下一页'],
      ['+、−', '放大、缩小'],
      ['Ctrl+F', '在文中查找，回车看下一处'],
      ['M', '在选中或查到的文字下划红线；没有时拖一条线'],
    ],
  },
  {
    name: '指标',
    keys: [
      ['↑ ↓', '在指标树中移动'],
      ['Alt+↑、Alt+↓', '调整材料次序（焦点在拖动柄上）'],
      ['输入“见”', '在说明里引用佐证页'],
    ],
  },
];
