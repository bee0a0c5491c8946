import { Button, Progress } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { estimateRemaining, SteadyEstimate } from '../api/job-board.ts';
import type { RunningJob } from '../api/job-board.ts';
import { cancelJob, useElapsed, useJobs } from '../api/jobs.ts';
import { formatSeconds } from './words.ts';
import './job-tray.css';

/** Every running job in a line of its own under the pages, over nothing: how far, how long still, and a way to stop it. */
export function JobTray() {
  const jobs = useJobs();
  return (
    <aside className="job-tray" aria-label="正在进行的工作" aria-live="polite">
      {jobs.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
    </aside>
  );
}

function JobCard({ job }: { readonly job: RunningJob }) {
  const late = useElapsed(job.startedAt);
  const [remaining, setRemaining] = useState<number | null>(null);
  const latest = useRef(job);
  useEffect(() => {
    latest.current = job;
  });
  useEffect(() => {
    const steady = new SteadyEstimate();
    const timer = setInterval(() => setRemaining(steady.next(estimateRemaining(latest.current, performance.now()), performance.now())), 1000);
    return () => clearInterval(timer);
  }, []);
  if (!late) return null;
  const percent = Math.floor(job.value * 100);
  return (
    <div className="job-card" data-testid="job-progress">
      <strong>{job.title}</strong>
      <Progress className="job-card-bar" percent={percent} size="small" status="normal" aria-label={`${job.title}进度`} />
      <span className="job-card-text">{job.text === '' ? '正在准备…' : job.text}</span>
      {remaining === null ? null : <span className="figures job-card-left">约剩 {formatSeconds(remaining)}</span>}
      <Button size="small" disabled={job.cancelling} onClick={() => void cancelJob(job.id)} data-testid="job-cancel">
        {job.cancelling ? '正在取消…' : '取消'}
      </Button>
    </div>
  );
}
