import type { ThemeConfig } from 'antd';
import { useMemo, useSyncExternalStore } from 'react';

/** Calm light theme: ink blue on paper white; red is kept for what is wrong, as on paper. Text contrasts are at least 4.5 : 1. */
const theme: ThemeConfig = {
  cssVar: { key: 'cd' },
  token: {
    colorPrimary: '#1d4e7e',
    colorInfo: '#1d4e7e',
    colorSuccess: '#2e6b3e',
    colorWarning: '#8a5a00',
    colorError: '#b0281e',
    colorSuccessBg: '#e7f0e6',
    colorSuccessBorder: '#9dbd9c',
    colorWarningBg: '#fbf1da',
    colorWarningBorder: '#d9b25c',
    colorErrorBg: '#fbe9e6',
    colorErrorBorder: '#d99a92',
    colorInfoBg: '#e6edf4',
    colorInfoBorder: '#9db5cc',
    colorPrimaryBg: '#e6edf4',
    colorPrimaryBgHover: '#d8e3ee',
    colorPrimaryHover: '#2b6297',
    colorPrimaryActive: '#143a5f',
    controlItemBgActive: '#e6edf4',
    controlItemBgHover: '#eeece6',
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

const stillness = (): MediaQueryList => matchMedia('(prefers-reduced-motion: reduce)');

const whenStillnessChanges = (tell: () => void): (() => void) => {
  const query = stillness();
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
};

/** The program's look; nothing moves for a person who asks the system for that, from the moment it is asked. */
export function useTheme(): ThemeConfig {
  const still = useSyncExternalStore(whenStillnessChanges, () => stillness().matches);
  return useMemo(() => ({ ...theme, token: { ...theme.token, motion: !still } }), [still]);
}
