import { Button, Progress } from 'antd';
import { useChange, useRead } from '../api/queries.ts';

/** Reading scans goes on in the background: how far it is, and a way to stop it for a while. Nothing is shown where nothing waits. */
export function ScanCard() {
  const status = useRead('scans.status', {});
  const change = useChange();
  if (status.data === undefined) return null;
  const { state, waiting, read, title, trouble } = status.data;
  if (trouble === '' && (waiting === 0 || state === 'idle')) return null;
  const paused = state === 'paused';
  return (
    <div className="job-card" data-testid="scan-progress">
      <div className="job-card-head">
        <strong>{trouble === '' ? '识别扫描件文字' : '扫描件没有识别'}</strong>
        {trouble === '' ? (
          <Button size="small" onClick={() => void change('scans.pause', { paused: !paused })} data-testid="scan-pause">
            {paused ? '继续' : '暂停'}
          </Button>
        ) : null}
      </div>
      {trouble === '' ? (
        <>
          <Progress percent={Math.floor((100 * read) / Math.max(1, read + waiting))} size="small" status="normal" aria-label="识别扫描件进度" />
          <div className="job-card-foot">
            <span className="job-card-text">{paused ? '已暂停，不影响其他工作' : title}</span>
            <span className="figures">还有 {waiting} 页</span>
          </div>
        </>
      ) : (
        <p className="scan-trouble">{trouble}</p>
      )}
    </div>
  );
}
