// Starts the page with its world.
import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import '@cloudscape-design/global-styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import './playground.css';
import { keepForLater, noticeMissingParts } from './shell/updates';
import { isFleeting } from './shell/visiting/frame';
import { worldInWorker } from './world/in-worker';
import type { WorldClient } from './world/protocol';
import { worldInServer } from './world/remote';

/** The world of the server that sent this page, or one in a worker of its own. */
function connect(): WorldClient {
  const address = document.querySelector<HTMLMetaElement>('meta[name="world"]')?.content;
  if (address) return worldInServer(address);
  const client = worldInWorker(isFleeting ? fleetingWorker() : keepingWorker());
  // A world of a server ends with it: its page is worth nothing later.
  keepForLater(client);
  return client;
}

/** Its world is kept in the storage of the browser, and all tabs share it. */
function keepingWorker(): Worker {
  return new Worker(new URL('./world/worker.ts', import.meta.url), { type: 'module', name: 'pocket-kms' });
}

/** Its world ends with the page. */
function fleetingWorker(): Worker {
  return new Worker(new URL('./world/worker.ts', import.meta.url), { type: 'module', name: 'fleeting' });
}

const root = document.getElementById('app');
if (root) {
  noticeMissingParts();
  const client = connect();
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="en" messages={[messages]}>
        <App client={client} />
      </I18nProvider>
    </StrictMode>,
  );
}
