import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { useState } from 'react';
import { queryClient, useRead } from '../api/queries.ts';
import { StartPage } from '../start/start-page.tsx';
import { useOpenArchive } from '../start/use-open-archive.tsx';
import { JobTray } from '../ui/job-tray.tsx';
import { PageFault } from '../ui/page-fault.tsx';
import { WhenRead } from '../ui/page-frame.tsx';
import { useTheme } from '../ui/theme.ts';
import { NavigationProvider } from './navigation.tsx';
import { ServiceBanner } from './banners.tsx';
import { useManual } from './use-manual.ts';
import { useCommands, useServiceEvents } from './use-service-events.ts';
import { Workbench } from './workbench.tsx';
import './app.css';

export function App() {
  return (
    <ConfigProvider locale={zhCN} theme={useTheme()} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        <AntApp className="app" message={{ maxCount: 1, duration: 2.5 }} notification={{ maxCount: 4 }}>
          <PageFault>
            <Rooms />
          </PageFault>
        </AntApp>
      </QueryClientProvider>
    </ConfigProvider>
  );
}

/** The start page while no archive is open or another one is wanted, else the workbench on the open one. */
function Rooms() {
  const service = useServiceEvents();
  const current = useRead('archive.current', {});
  const [atStart, setAtStart] = useState(false);
  const { open, chooseAndOpen } = useOpenArchive();
  const enter = (opened: boolean): void => {
    if (opened) setAtStart(false);
  };
  const openManual = useManual();
  useCommands((command) => {
    if (command.command === 'manual') openManual();
    if (command.command === 'new') setAtStart(true);
    if (command.command === 'open') void (command.path === undefined ? chooseAndOpen() : open(command.path)).then(enter);
  });
  return (
    <>
      <ServiceBanner state={service.state} onDismiss={service.dismiss} />
      <div className="app-room">
        <WhenRead query={current}>
          {(archive) =>
            archive === null || atStart ? (
              <StartPage onEntered={() => setAtStart(false)} {...(archive === null ? {} : { backTo: archive.title })} />
            ) : (
              <NavigationProvider key={archive.folder} folder={archive.folder}>
                <Workbench archive={archive} onLeave={() => setAtStart(true)} />
              </NavigationProvider>
            )
          }
        </WhenRead>
      </div>
      <JobTray />
    </>
  );
}
