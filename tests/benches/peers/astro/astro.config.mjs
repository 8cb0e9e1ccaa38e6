import { defineConfig } from 'astro/config';

// With the ClientRouter all links are prefetched when a pointer rests on them; said here all the same.
export default defineConfig({
  trailingSlash: 'always',
  prefetch: { prefetchAll: true, defaultStrategy: 'hover' },
});
