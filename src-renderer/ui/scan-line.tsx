import { ScanOutlined } from '@ant-design/icons';
import { Button, Popover, Progress } from 'antd';
import { useState } from 'react';
import type { ScanStatus } from '../../src-main/contract/index.ts';
import { useChange, useRead } from '../api/queries.ts';
import { minutesLeft, scanPace } from './scan-pace.ts';
import './scan-line.css';

/** Reading scans goes on in the background: one line in the rail, more at a click. Nothing is shown where nothing waits. */
export function ScanLine() {
  const status = useRead('scans.status', {});
  // Kept here: between two states the line is gone for an instant.
  const [open, setOpen] = useState(false);
  if (status.data === undefined) return null;
  const { state, waiting, read, trouble } = status.data;
  if (trouble === '' && (waiting === 0 || state === 'idle')) return null;
  const percent = Math.floor((100 * read) / Math.max(1, read + waiting));
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="rightBottom" title={trouble === '' ? '识别扫描件文字' : '扫描件没有识别'} content={<ScanDetail status={status.data} percent={percent} />}>
      <button type="button" title={trouble === '' ? '扫描件正在识别文字，可以照常归档' : undefined} className={`plain-button scan-line${trouble === '' ? '' : ' scan-line-trouble'}`} data-testid="scan-progress">
        <ScanOutlined />
        {trouble === '' ? (
          <span className="figures">
            {state === 'paused' ? '识别已暂停' : `正在识别 ${percent}%`}
            <small>还有 {waiting} 页</small>
            <small>可以照常归档</small>
          </span>
        ) : (
          <span>扫描件没有识别</span>
        )}
      </button>
    </Popover>
  );
}

interface ScanDetailProps {
  readonly status: ScanStatus;
  readonly percent: number;
}

function ScanDetail({ status, percent }: ScanDetailProps) {
  const change = useChange();
  const { state, waiting, title, trouble } = status;
  if (trouble !== '') return <p className="scan-detail">{trouble}</p>;
  const paused = state === 'paused';
  const minutes = paused ? null : minutesLeft(scanPace(), waiting);
  return (
    <div className="scan-detail" data-testid="scan-detail">
      <Progress percent={percent} size="small" status="normal" aria-label="识别扫描件进度" />
      <p>{paused ? '已暂停，不影响其他工作。' : title}</p>
      <p className="figures">
        还有 {waiting} 页{minutes === null ? '' : `，约 ${minutes} 分钟`}
      </p>
      <p className="faint">可以继续工作。打印或导出前建议等它完成：题名、成文日期等可能随识别结果变化。</p>
      <Button size="small" onClick={() => void change('scans.pause', { paused: !paused })} data-testid="scan-pause">
        {paused ? '继续' : '暂停'}
      </Button>
    </div>
  );
}

/** What is said where something is printed, saved or exported while scans are being read; empty otherwise. */
export function useScanWarning(): string {
  const status = useRead('scans.status', {});
  if (status.data === undefined || status.data.state === 'idle' || status.data.waiting === 0 || status.data.trouble !== '') return '';
  const { state, waiting } = status.data;
  return `还有 ${waiting} 页扫描件${state === 'paused' ? '没有识别（已暂停）' : '正在识别'}，题名等可能变化`;
}

export function ScanNote() {
  const warning = useScanWarning();
  return warning === '' ? null : (
    <p className="scan-note" role="note" data-testid="scan-note">
      {warning}；建议等它完成。
    </p>
  );
}
