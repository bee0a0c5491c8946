// First, so that each page's own styles come after it.
import './ui/base.css';
// Pages are fetched when they are first gone to, but their styles are shared between them: all are here from the beginning.
import './app/app.css';
import './binding/binding.css';
import './catalog/catalog.css';
import './check/check.css';
import './inbox/inbox.css';
import './indicators/citation-picker.css';
import './indicators/indicators.css';
import './overview/overview.css';
import './papers/papers.css';
import './preview/mark-layer.css';
import './preview/preview-page.css';
import './preview/viewer.css';
import './reviews/reviews.css';
import './search/palette.css';
import './search/search.css';
import './settings/profiles.css';
import './settings/settings.css';
import './start/start-page.css';
import './ui/condition-mark.css';
import './ui/drop-zone.css';
import './ui/empty-state.css';
import './ui/evidence-form.css';
import './ui/finding-row.css';
import './ui/job-tray.css';
import './ui/link-list.css';
import './ui/row-picture.css';
import './ui/scan-line.css';
import './ui/use-import.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { takeFirstReads } from './api/first-reads.ts';
import { App } from './app/app.tsx';

// Compiled checks need `new Function`, which the page's policy forbids.
z.config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');
void takeFirstReads().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
