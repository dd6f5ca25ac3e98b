// `npm run build:web`: builds the web app unless what lies there was made from the very same sources; the deployment
// starts it before it packs.
import { buildWebApp } from './web-app.ts';

await buildWebApp();
