import type { ThemeConfig } from 'antd';

/** Calm light theme: ink blue on paper white; red is kept for what is wrong, as on paper. Text contrasts are at least 4.5 : 1. */
export const theme: ThemeConfig = {
  cssVar: { key: 'cd' },
  token: {
    colorPrimary: '#1d4e7e',
    colorInfo: '#1d4e7e',
    colorSuccess: '#2e6b3e',
    colorWarning: '#8a5a00',
    colorError: '#b0281e',
    colorLink: '#1d4e7e',
    colorText: '#22262b',
    colorTextSecondary: '#4a515a',
    colorTextTertiary: '#5c646d',
    colorTextDescription: '#5c646d',
    colorTextPlaceholder: '#6b737c',
    colorTextDisabled: '#70777f',
    colorBorder: '#c9c8c2',
    colorBorderSecondary: '#e2e0d9',
    colorBgLayout: '#f4f2ec',
    borderRadius: 3,
    fontSize: 14,
    fontFamily: '"Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    controlOutlineWidth: 2,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none' },
    Table: { headerBg: '#efede6', headerColor: '#22262b', cellPaddingBlockSM: 6 },
  },
};
