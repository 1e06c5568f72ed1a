// Starts the worker and the page.
import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import '@cloudscape-design/global-styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import './playground.css';
import { WorkerClient } from './world/client';

const worker = new Worker(new URL('./world/worker.ts', import.meta.url), { type: 'module', name: 'pocket-kms' });
const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="en" messages={[messages]}>
        <App client={new WorkerClient(worker)} />
      </I18nProvider>
    </StrictMode>,
  );
}
