import { Button, Tabs } from 'antd';
import { useNavigation } from '../app/navigation.tsx';
import { settingsTabs } from '../app/place.ts';
import type { SettingsTab } from '../app/place.ts';
import { PageFrame } from '../ui/page-frame.tsx';
import { About } from './about.tsx';
import { Backups } from './backups.tsx';
import { Office } from './office.tsx';
import { Profiles } from './profiles.tsx';
import { Units } from './units.tsx';
import { Verify } from './verify.tsx';
import './settings.css';

/** 设置: people and dates, backups, verification, what this program is. */
export function SettingsPage({ tab }: { readonly tab: SettingsTab }) {
  const { go } = useNavigation();
  return (
    <PageFrame
      title="设置"
      testId="settings-page"
      actions={
        <Button onClick={() => go({ page: 'events' })} data-testid="settings-events">
          操作记录
        </Button>
      }
    >
      <Tabs
        className="settings"
        activeKey={tab}
        onChange={(key) => go({ page: 'settings', tab: settingsTabs.find((name) => name === key) ?? 'units' })}
        destroyOnHidden
        items={[
          { key: 'units', label: '单位与时限', children: <Units /> },
          { key: 'office', label: '全宗与装订', children: <Office /> },
          { key: 'profiles', label: '版式', children: <Profiles /> },
          { key: 'backups', label: '备份与恢复', children: <Backups /> },
          { key: 'verify', label: '核验', children: <Verify /> },
          { key: 'about', label: '关于', children: <About /> },
        ]}
      />
    </PageFrame>
  );
}
