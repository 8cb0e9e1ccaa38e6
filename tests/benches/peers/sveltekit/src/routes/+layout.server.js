import { site } from '#lib/articles.server.js';

export const load = () => ({ site });
